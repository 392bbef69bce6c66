import { badges } from "../dialogs/details.js";
import { el } from "../common/dom.js";
import { relative } from "../dialogs/time.js";

const keyColumns = ["key", "owner", "status", "rights", "lastUsed", "expires", "details"];

/** Keys as rows of a table; one of them can be opened, for its details, in place. */
export class KeyTable {
  #words;
  #view;
  #rows = new Map(); // by tag
  #body = el("tbody", { role: "rowgroup" });
  element;

  /**
   * @param view details(key) returns the content of an opened row; openOwner(name) shows an owner
   */
  constructor(words, keys, view) {
    this.#words = words;
    this.#view = view;
    const heads = keyColumns.map((name) =>
      el(
        "th",
        { scope: "col", role: "columnheader", class: name },
        words.text(`admin.column.${name}`),
      ),
    );
    this.element = el(
      "table",
      { role: "table", "aria-label": words.text("admin.view.keys") },
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads)),
      this.#body,
    );
    for (const key of keys) {
      const row = this.#row(key);
      this.#rows.set(key.tag, row);
      this.#body.append(row);
    }
  }

  get isEmpty() {
    return this.#rows.size === 0;
  }

  #row(key) {
    const cell = (name, ...content) =>
      el(
        "td",
        { role: "cell", class: name },
        el(
          "span",
          { class: "name", "aria-hidden": "true" },
          this.#words.text(`admin.column.${name}`),
        ),
        ...content,
      );
    const toggle = el(
      "button",
      { type: "button", "aria-expanded": "false", "aria-label": this.#label(key) },
      this.#words.text("admin.details"),
    );
    toggle.addEventListener("click", () => this.#toggle(key, toggle));
    return el(
      "tr",
      { role: "row", "data-tag": key.tag },
      cell("key", el("code", {}, key.hint), el("bdi", { class: "clamped" }, key.description)),
      cell("owner", this.#ownerButton(key)),
      cell("status", ...badges(this.#words, key), ...this.#grace(key)),
      cell("rights", this.#rights(key)),
      cell("lastUsed", this.#lastUsed(key)),
      cell("expires", el("time", { datetime: key.expiresAt }, this.#words.date(key.expiresAt))),
      cell("details", toggle),
    );
  }

  #label({ hint, owner }) {
    return this.#words.text("admin.details.of", { hint, owner });
  }

  #ownerButton({ owner }) {
    const onclick = () => this.#view.openOwner(owner);
    return el(
      "button",
      { type: "button", class: "link", onclick },
      el("bdi", { class: "clamped" }, owner),
    );
  }

  #grace({ worksUntil }) {
    return worksUntil ? [el("span", { class: "badge soon" }, this.#words.text("admin.grace"))] : [];
  }

  #rights({ scopes }) {
    return scopes
      ? this.#words.text("admin.rights.some", { count: scopes.length })
      : this.#words.text("admin.rights.all");
  }

  #lastUsed({ lastUsedAt }) {
    return lastUsedAt
      ? el("time", { datetime: lastUsedAt }, relative(this.#words, lastUsedAt, "past"))
      : this.#words.text("details.never");
  }

  #toggle(key, toggle) {
    const row = this.#rows.get(key.tag);
    const opens = toggle.getAttribute("aria-expanded") === "false";
    toggle.setAttribute("aria-expanded", opens);
    if (opens) {
      row.after(this.#opened(key));
    } else {
      row.nextElementSibling.remove();
    }
  }

  #opened(key) {
    return el(
      "tr",
      { role: "row", class: "opened" },
      el("td", { role: "cell", colspan: keyColumns.length }, ...this.#view.details(key)),
    );
  }

  /** Shows a key as it is now, in its place. */
  replace(before, after) {
    const old = this.#rows.get(before.tag);
    if (!old) {
      return; // another list is shown meanwhile
    }
    const row = this.#row(after);
    this.#rows.delete(before.tag);
    this.#rows.set(after.tag, row);
    if (isOpen(old)) {
      old.nextElementSibling.replaceWith(this.#opened(after));
      toggleOf(row).setAttribute("aria-expanded", "true");
    }
    old.replaceWith(row);
  }

  /** Takes a key away. */
  remove({ tag }) {
    const row = this.#rows.get(tag);
    if (!row) {
      return;
    }
    if (isOpen(row)) {
      row.nextElementSibling.remove();
    }
    this.#rows.delete(tag);
    row.remove();
  }

  /** Puts the focus on a key, or on the one that is at its place now. */
  focus(key, index) {
    const rows = this.#inOrder();
    const row = this.#rows.get(key.tag) ?? rows[Math.min(index, rows.length - 1)];
    toggleOf(row)?.focus();
  }

  /** Tells at which place a key is. */
  indexOf({ tag }) {
    return this.#inOrder().indexOf(this.#rows.get(tag));
  }

  #inOrder() {
    return [...this.#body.children].filter((row) => row.dataset.tag);
  }
}

const toggleOf = (row) => row?.querySelector("button[aria-expanded]");
const isOpen = (row) => toggleOf(row)?.getAttribute("aria-expanded") === "true";
