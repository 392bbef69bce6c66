import { el, field, isolated, warning } from "./dom.js";
import { inNameOf } from "./details.js";
import { instant } from "./time.js";

const clipboardTimeout = 2_000; // ms

/** The view of a new key, for the only time. */
export class SecretView {
  #dialog;
  #key = el("textarea", { readonly: true, rows: 2, autocomplete: "off", spellcheck: "false" });
  #isCopied = false;

  /**
   * @param made what the server answered
   * @param apiUrl what the example calls, if it is known
   * @param previous the name of who was logged in before, if it is another now
   */
  constructor(dialog, made, { apiUrl, previous }) {
    this.#dialog = dialog;
    const { words } = dialog;
    this.#key.value = made.key;
    // A click selects the whole key, so that nobody copies half of it.
    this.#key.addEventListener("focus", () => this.#key.select());
    this.#key.addEventListener("click", () => this.#key.select());
    this.#key.addEventListener("copy", () => {
      if (this.#key.selectionStart === 0 && this.#key.selectionEnd === this.#key.value.length) {
        this.#wasCopied();
      }
    });
    // Not run by the dialog, so Close and Escape work while the clipboard does not answer.
    const copy = el(
      "button",
      { type: "button", class: "primary", onclick: () => this.#copy() },
      words.text("secret.copy"),
    );
    const names = { other: isolated(made.owner), owner: isolated(previous ?? "") };
    dialog.show(
      words.text("secret.title"),
      [
        warning(words.text("secret.warning")),
        field(words.text("secret.key"), "key", this.#key),
        copy,
        el("span", { role: "status", id: "copied", class: "hint" }),
        ...(previous ? [warning(words.text("secret.otherUser", names))] : []),
        ...inNameOf(words, made.owner),
        el("p", {}, ...words.nodes("secret.expires", { time: instant(words, made.expiresAt) })),
        el("p", { class: "hint" }, words.text("secret.try"), this.#command(made.key, apiUrl)),
      ],
      [[words.text("close"), dialog.close]],
      { focus: copy, dismiss: () => this.#askBeforeClosing() },
    );
    dialog.holdSecret(true);
  }

  #command(key, apiUrl) {
    // A wrong URL must not cost the user the key.
    const api = URL.canParse(apiUrl ?? "/", document.baseURI) ? (apiUrl ?? "/") : "/";
    const { href } = new URL(api, document.baseURI);
    const command = el(
      "pre",
      {
        tabindex: 0,
        dir: "ltr",
        role: "group",
        "aria-label": this.#dialog.words.text("secret.curl"),
      },
      `curl -H 'Authorization: Bearer ${key}' '${href.replaceAll("'", "%27")}'`,
    );
    command.addEventListener("copy", () => {
      if (getSelection().toString().includes(this.#key.value)) {
        this.#wasCopied();
      }
    });
    return command;
  }

  #wasCopied() {
    this.#isCopied = true;
    this.#dialog.holdSecret(false);
    this.#dialog.find("#copied").textContent = this.#dialog.words.text("secret.copied");
    this.#dialog.clearProblem();
  }

  async #copy() {
    const late = setTimeout(() => this.#copyWithoutClipboard(), clipboardTimeout);
    try {
      await navigator.clipboard.writeText(this.#key.value);
      if (this.#key.isConnected) {
        this.#wasCopied();
      }
    } catch {
      // plain http, or not allowed
      this.#copyWithoutClipboard();
    } finally {
      clearTimeout(late);
    }
  }

  #copyWithoutClipboard() {
    if (!this.#key.isConnected) {
      return; // closed meanwhile
    }
    const { activeElement } = this.#key.getRootNode();
    this.#key.focus();
    this.#key.select();
    if (document.execCommand("copy")) {
      this.#wasCopied();
      activeElement?.focus();
    } else {
      this.#dialog.tell(this.#dialog.words.text("secret.copyByHand"));
    }
  }

  #askBeforeClosing() {
    if (this.#isCopied) {
      this.#dialog.close();
      return;
    }
    this.#dialog.tell(this.#dialog.words.text("secret.notCopied"));
    this.#dialog.find(".primary").focus();
  }
}
