import { named, statusBadges } from "../dialogs/details.js";
import { el } from "../common/dom.js";
import { isExpired } from "../common/keys.js";
import { rightsOf } from "../dialogs/scopes.js";
import { relative } from "../dialogs/time.js";
import { keyView } from "./key-view.js";

export const columns = ["description", "status", "scopes", "lastUsed", "expires"];

/** Names a column, whose words the details of a key and the dialogs have, too. */
export const columnName = (words, column) =>
  words.text(column === "scopes" ? "scopes" : `details.${column}`);

/** A key in a table: its row, and below it, while it is opened, its details. */
export class KeyRow {
  #list;
  #key;
  #toggle;
  #row = el("tr", { role: "row", class: "key", part: "row" });
  #opened;

  /** @param list see keyView */
  constructor(list, key) {
    this.#list = list;
    this.show(key);
  }

  /** The rows of the table. */
  get elements() {
    return this.#opened ? [this.#row, this.#opened] : [this.#row];
  }

  /** Shows a key as it is now. */
  show(key) {
    if (key === this.#key) {
      return;
    }
    this.#key = key;
    this.#row.replaceChildren(...this.#cells());
    this.#opened?.firstChild.replaceChildren(...keyView(this.#list, key));
  }

  #cells() {
    const { words } = this.#list;
    const { description, hint } = this.#key;
    this.#toggle = el(
      "button",
      {
        type: "button",
        "aria-expanded": String(Boolean(this.#opened)),
        "aria-label": words.text("list.detailsOf", { name: named(words, this.#key) }),
        onclick: () => this.#toggled(),
      },
      words.text("list.details"),
    );
    const text = description
      ? el("bdi", { class: "clamped" }, description)
      : el("span", { class: "hint" }, words.text("list.noDescription"));
    return [
      this.#cell("description", text, el("code", { dir: "ltr" }, hint)),
      this.#cell("status", el("div", {}, ...statusBadges(words, this.#key))),
      this.#cell("scopes", this.#rights()),
      this.#cell("lastUsed", this.#lastUsed()),
      this.#cell("expires", ...this.#expires()),
      el("td", { role: "cell", class: "toggle" }, this.#toggle),
    ];
  }

  #cell(column, ...content) {
    const name = columnName(this.#list.words, column);
    return el("td", { role: "cell", class: column, "data-name": name }, ...content);
  }

  #rights() {
    const { words, policy } = this.#list;
    const { scopes } = this.#key;
    return scopes
      ? el("div", { class: "clamped" }, ...rightsOf(words, scopes, policy.scopes))
      : el("span", {}, words.text("scopes.all"));
  }

  #lastUsed() {
    const { words } = this.#list;
    const { lastUsedAt } = this.#key;
    return lastUsedAt
      ? el("time", { datetime: lastUsedAt }, relative(words, lastUsedAt, "past"))
      : el("span", {}, words.text("details.never"));
  }

  #expires() {
    const { words } = this.#list;
    const { expiresAt } = this.#key;
    const tense = isExpired(this.#key) ? "past" : "future";
    return [
      el("time", { datetime: expiresAt }, words.date(expiresAt)),
      el("span", { class: "utc" }, relative(words, expiresAt, tense)),
    ];
  }

  #toggled() {
    if (this.#opened) {
      this.#opened.remove();
      this.#opened = undefined;
    } else {
      this.open();
    }
    this.#toggle.setAttribute("aria-expanded", Boolean(this.#opened));
  }

  open() {
    if (!this.#opened) {
      const cell = el("td", { role: "cell", colspan: columns.length + 1 });
      cell.append(...keyView(this.#list, this.#key));
      this.#opened = el("tr", { role: "row", class: "opened" }, cell);
      this.#toggle.setAttribute("aria-expanded", true);
      this.#row.after(this.#opened);
    }
  }

  /** Focuses the button of an action, else the one that opens and closes the details. */
  focus(action) {
    (this.#opened?.querySelector(`[data-action=${action}]`) ?? this.#toggle).focus();
  }
}
