import { el, field, isolated, option, warning } from "../common/dom.js";
import { inNameOf, named } from "./details.js";
import { isExpired } from "../common/keys.js";
import { chosenScopes } from "./scopes.js";
import { SecretView } from "./secret.js";
import { relative } from "./time.js";
import { chosenValidity, fixedValidity, sessionValidity } from "./validity.js";

const nothing = () => ({ fields: [], request: () => ({}) });

/** The dialogs that add, edit, reissue and delete a key. */
export class KeyDialogs {
  #dialog;
  #keys;
  #apiUrl;
  #more;

  /**
   * @param dialog shows them
   * @param keys what is changed: see OwnKeys
   * @param apiUrl returns what the example call calls, if it is known
   * @param more(words, kind) returns the fields that a dialog has besides: see validity.js
   */
  constructor(dialog, keys, apiUrl, more = nothing) {
    this.#dialog = dialog;
    this.#keys = keys;
    this.#apiUrl = apiUrl;
    this.#more = more;
  }

  #text(name, parameters) {
    return this.#dialog.words.text(name, parameters);
  }

  /**
   * Adds a key, and shows it.
   *
   * @param state keys and policy, as they were loaded
   * @param next deleted(key) runs when an expired key was, that was in the way
   */
  add(state, next) {
    const { keys, policy } = state;
    const [expired] = keys
      .filter(isExpired)
      .sort((a, b) => new Date(a.expiresAt) - new Date(b.expiresAt));
    const blocking = keys.length >= policy.maxKeys ? expired : undefined;
    if (blocking && policy.validity.mode !== "session") {
      this.#expiredKeyBlocks(blocking, state, next);
    } else {
      this.#withValidity(this.#text("add.title"), policy, (validity) =>
        this.#addForm(validity, chosenScopes(this.#dialog.words, policy.scopes), blocking),
      );
    }
  }

  #expiredKeyBlocks(expired, { policy }, next) {
    const name = named(this.#dialog.words, expired);
    const back = { ...next, back: this.#dialog.close };
    this.#dialog.show(
      this.#text("add.title"),
      [warning(this.#text("add.blocked", { name }))],
      [
        [this.#text("cancel"), this.#dialog.close],
        [this.#text("delete"), () => this.delete(expired, back), "danger"],
        [this.#text("reissue"), () => this.reissue(expired, policy, back), "primary"],
      ],
    );
  }

  /** Goes on with a chosen validity, or with the session's, which is loaded again. */
  #withValidity(title, { validity }, goOn) {
    const { words } = this.#dialog;
    if (validity.mode === "session") {
      this.#dialog.load(
        title,
        words.text("validity.loading"),
        () => this.#keys.state(),
        ({ policy }) =>
          goOn(
            policy.validity.mode === "session"
              ? sessionValidity(words, policy.validity)
              : chosenValidity(words, policy.validity),
          ),
      );
    } else {
      goOn(chosenValidity(words, validity));
    }
  }

  #addForm(validity, scopes, replaced) {
    const { words } = this.#dialog;
    const replaces = () => words.text("add.replaces", { name: named(words, replaced) });
    const more = this.#more(words, "add");
    const request = () => ({
      ...more.request(),
      description: this.#dialog.value("description"),
      ...validity.request(),
      ...scopes.request(),
    });
    this.#dialog.show(
      words.text("add.title"),
      [
        ...inNameOf(words, this.#keys.owner),
        ...(replaced ? [el("p", { class: "note" }, replaces())] : []),
        ...(more.first ?? []),
        this.#descriptionField(),
        ...validity.fields,
        ...scopes.fields,
        ...more.fields,
      ],
      [
        [words.text("cancel"), this.#dialog.close],
        [words.text("add"), () => this.#keys.add(request(), this.#showSecret), "primary"],
      ],
      { draft: { view: "add" } },
    );
  }

  #descriptionField(value = "") {
    return field(
      this.#text("description"),
      "description",
      el("input", {
        value,
        dir: "auto",
        autocomplete: "off",
        placeholder: this.#text("description.example"),
      }),
    );
  }

  #showSecret = (made) => {
    const previous = this.#keys.isOther(made.owner) ? this.#keys.owner : undefined;
    new SecretView(this.#dialog, made, { apiUrl: this.#apiUrl(), previous });
  };

  /**
   * Edits a key.
   *
   * @param next back() runs on Cancel, edited(before, after) when it is done
   */
  edit(key, policy, next) {
    const { words } = this.#dialog;
    const validity = isExpired(key)
      ? fixedValidity(words.text("edit.expired"))
      : policy.validity.mode === "session"
        ? fixedValidity(words.text("edit.session"))
        : chosenValidity(words, policy.validity, key.expiresAt);
    const scopes = chosenScopes(words, policy.scopes, key.scopes);
    const more = this.#more(words, "edit");
    const request = () => ({
      ...more.request(),
      description: this.#dialog.value("description"),
      ...validity.request(),
      ...scopes.request(),
    });
    this.#dialog.show(
      words.text("edit.title"),
      [
        this.#descriptionField(key.description),
        ...validity.fields,
        ...scopes.fields,
        ...more.fields,
      ],
      [
        [words.text("cancel"), next.back],
        [
          words.text("save"),
          async () => next.edited(key, await this.#keys.edit(key, request())),
          "primary",
        ],
      ],
      { draft: { view: "edit", tag: key.tag } },
    );
  }

  /**
   * Makes a new key in the place of one, and shows it.
   *
   * @param next back() runs on Cancel
   */
  reissue(key, policy, next) {
    const { words } = this.#dialog;
    const grace = el(
      "select",
      {},
      option(0, words.text("reissue.atOnce")),
      option(3600, words.text("reissue.inAnHour")),
      option(86400, words.text("reissue.inADay")),
    );
    const graceField = field(words.text("reissue.grace"), "grace", grace);
    const more = this.#more(words, "reissue");
    const request = (validity) => ({
      ...more.request(),
      ...validity.request(),
      graceSeconds: Number(grace.value),
    });
    const reissue = (validity) => this.#keys.reissue(key, request(validity), this.#showSecret);
    this.#withValidity(words.text("reissue.title"), policy, (validity) =>
      this.#dialog.show(
        words.text("reissue.title"),
        [
          el("p", {}, words.text("reissue.what", { name: named(words, key) })),
          ...inNameOf(words, key.owner),
          ...validity.fields,
          ...(isExpired(key) ? [] : [graceField]),
          ...more.fields,
        ],
        [
          [words.text("cancel"), next.back],
          [words.text("reissue"), () => reissue(validity), "primary"],
        ],
        { draft: { view: "reissue", tag: key.tag } },
      ),
    );
  }

  /**
   * Deletes a key.
   *
   * @param next back() runs on Cancel, deleted(key) when it is done
   */
  delete(key, next) {
    const { words } = this.#dialog;
    const name = named(words, key);
    const more = this.#more(words, "delete");
    const remove = async () => {
      await this.#keys.delete(key, more.request());
      next.deleted(key);
    };
    this.#dialog.show(
      words.text("delete.title"),
      [
        el("p", {}, words.text(isExpired(key) ? "delete.expired" : "delete.effect", { name })),
        el("p", {}, lastUse(words, key)),
        ...more.fields,
      ],
      [
        [words.text("cancel"), next.back],
        [words.text("delete"), remove, "danger"],
      ],
      { draft: { view: "delete", tag: key.tag } },
    );
  }
}

function lastUse(words, { lastUsedAt, lastUsedFrom }) {
  if (!lastUsedAt) {
    return words.text("delete.neverUsed");
  }
  const ago = relative(words, lastUsedAt, "past");
  return lastUsedFrom
    ? words.text("delete.lastUsedFrom", { ago, address: isolated(lastUsedFrom) })
    : words.text("delete.lastUsed", { ago });
}
