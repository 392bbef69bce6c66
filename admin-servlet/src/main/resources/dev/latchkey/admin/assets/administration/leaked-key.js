import { done, el, field, isolated, warning } from "../common/dom.js";
import { named } from "../dialogs/details.js";
import { Problem } from "../common/rest.js";
import { reasonField } from "./confirmation.js";

/** The dialog that revokes a key by its text, or by the SHA-256 of it. */
export class LeakedKey {
  #dialog;
  #keys;
  #revoked;

  /** @param revoked() runs when a key was */
  constructor(dialog, keys, revoked) {
    this.#dialog = dialog;
    this.#keys = keys;
    this.#revoked = revoked;
  }

  open() {
    const { words } = this.#dialog;
    // A text area: the dialog clears these when their view goes.
    const text = el("textarea", {
      rows: 2,
      dir: "ltr",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
    });
    const reason = reasonField(words);
    const found = el("div", { role: "status" });
    const ask = async (more) => {
      found.replaceChildren();
      if (!text.value.trim()) {
        const errors = [{ field: "key", text: words.text("admin.leaked.empty") }];
        throw new Problem({ errors });
      }
      return this.#keys.revoke({ ...which(text.value.trim()), ...reason.request(), ...more });
    };
    this.#dialog.show(
      words.text("admin.leaked.title"),
      [
        el("p", {}, words.text("admin.leaked.what")),
        field(words.text("admin.leaked.key"), "key", text),
        ...reason.fields,
        found,
      ],
      [
        [words.text("cancel"), this.#dialog.close],
        [
          words.text("admin.leaked.look"),
          async () => found.append(...this.#found(await ask({ dryRun: true }))),
        ],
        [
          words.text("admin.leaked.revoke"),
          async () => {
            const { keys } = await ask({});
            this.#revoked();
            this.#tell(keys);
          },
          "danger",
        ],
      ],
      { focus: text, draft: { view: "leaked" } },
    );
  }

  #found({ keys }) {
    const { words } = this.#dialog;
    return keys.length === 0 ? [warning(words.text("admin.leaked.none"))] : this.#list(keys);
  }

  #list(keys) {
    const { words } = this.#dialog;
    return keys.map((key) =>
      el(
        "p",
        { class: "note" },
        words.text("admin.leaked.found", { key: named(words, key), owner: isolated(key.owner) }),
      ),
    );
  }

  #tell(keys) {
    const { words } = this.#dialog;
    this.#dialog.show(
      words.text("admin.leaked.title"),
      keys.length === 0
        ? [warning(words.text("admin.leaked.none"), "alert")]
        : [done(words.text("admin.revoked", { count: keys.length })), ...this.#list(keys)],
      [[words.text("close"), this.#dialog.close]],
    );
  }
}

/** Nothing but a hash is 64 hexadecimal digits: keys have a prefix and other lengths. */
const which = (text) =>
  /^[0-9a-f]{64}$/i.test(text) ? { sha256: text.toLowerCase() } : { key: text };
