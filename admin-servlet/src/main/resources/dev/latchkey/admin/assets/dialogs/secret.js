import { powerShellCommand, shellCommand } from "./commands.js";
import { inNameOf } from "./details.js";
import { el, field, isolated, warning } from "../common/dom.js";
import { instant } from "./time.js";

const clipboardTimeout = 2_000; // ms

/** The view of a new key, for the only time. */
export class SecretView {
  #dialog;
  #key = el("textarea", {
    readonly: true,
    rows: 2,
    dir: "ltr",
    autocomplete: "off",
    spellcheck: "false",
  });
  #copyKey;
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
        this.#wasCopied(this.#copyKey.nextSibling);
      }
    });
    const copy = this.#copyButton("secret.copy", this.#key, "primary");
    [this.#copyKey] = copy;
    const names = { other: isolated(made.owner), owner: isolated(previous ?? "") };
    const url = called(apiUrl);
    const windows = this.#command("curlOnWindows", powerShellCommand(made.key, url));
    dialog.show(
      words.text("secret.title"),
      [
        warning(words.text("secret.warning")),
        field(words.text("secret.key"), "key", this.#key),
        ...copy,
        ...(previous ? [warning(words.text("secret.otherUser", names))] : []),
        ...inNameOf(words, made.owner),
        el("p", {}, ...words.nodes("secret.expires", { time: instant(words, made.expiresAt) })),
        el("p", { class: "hint" }, words.text("secret.try")),
        ...this.#command("curl", shellCommand(made.key, url)),
        el("details", {}, el("summary", {}, words.text("secret.tryOnWindows")), ...windows),
      ],
      [[words.text("close"), dialog.close]],
      { focus: this.#copyKey, dismiss: () => this.#askBeforeClosing() },
    );
    dialog.holdSecret(true);
  }

  /** Shows an example call, with a button to copy it. */
  #command(name, text) {
    const command = el(
      "pre",
      {
        tabindex: 0,
        dir: "ltr",
        role: "group",
        "aria-label": this.#dialog.words.text(`secret.${name}`),
      },
      text,
    );
    const [button, status] = this.#copyButton(`secret.${name}.copy`, command);
    command.addEventListener("copy", () => {
      if (getSelection().toString().includes(this.#key.value)) {
        this.#wasCopied(status);
      }
    });
    return [command, button, status];
  }

  /** Not run by the dialog, so Close and Escape work while the clipboard does not answer. */
  #copyButton(name, source, kind) {
    const status = el("span", { role: "status", class: "hint" });
    const button = el(
      "button",
      {
        type: "button",
        class: kind ?? "small",
        part: kind ? `button ${kind}` : "button",
        onclick: () => this.#copy(source, status),
      },
      this.#dialog.words.text(name),
    );
    return [button, status];
  }

  #wasCopied(status) {
    this.#isCopied = true;
    this.#dialog.holdSecret(false);
    status.textContent = this.#dialog.words.text("secret.copied");
    this.#dialog.clearProblem();
  }

  async #copy(source, status) {
    const late = setTimeout(() => this.#copyWithoutClipboard(source, status), clipboardTimeout);
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      if (source.isConnected) {
        this.#wasCopied(status);
      }
    } catch {
      // plain http, or not allowed
      this.#copyWithoutClipboard(source, status);
    } finally {
      clearTimeout(late);
    }
  }

  #copyWithoutClipboard(source, status) {
    if (!source.isConnected) {
      return; // closed meanwhile
    }
    const { activeElement } = source.getRootNode();
    source.focus();
    source.select ? source.select() : getSelection().selectAllChildren(source);
    if (document.execCommand("copy")) {
      this.#wasCopied(status);
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
    this.#copyKey.focus();
  }
}

/** A wrong URL must not cost the user the key. */
function called(apiUrl) {
  const url = URL.canParse(apiUrl ?? "/", document.baseURI) ? (apiUrl ?? "/") : "/";
  return new URL(url, document.baseURI);
}
