import { el } from "../common/dom.js";
import { columnName, columns, KeyRow } from "./key-row.js";

/** Rows that are made at once: more than a screen has, and done within a moment. */
const step = 40;

/** The keys as a table, of which the rows are made as the user scrolls to them. */
export class KeyTable {
  #list;
  #sort;
  #heads = new Map();
  #rows = new Map(); // by tag
  #order = [];
  #count = step;
  #body = el("tbody", { role: "rowgroup" });
  #end = el("div", { class: "end" });
  #watch = new IntersectionObserver(
    (entries) => entries.at(-1).isIntersecting && this.#showMore(), // the last says how it is now
    { rootMargin: "800px" },
  );
  #table;
  element;

  /**
   * @param list see keyView
   * @param sort(column) runs when the head of a column was pressed
   */
  constructor(list, sort) {
    this.#list = list;
    this.#sort = sort;
    const { words } = list;
    const heads = columns.map((column) => this.#head(column));
    // The roles are there for browsers that take them away where a table is laid out otherwise.
    this.#table = el(
      "table",
      { role: "table", part: "table", "aria-label": words.text("list.label") },
      el(
        "thead",
        { role: "rowgroup" },
        el(
          "tr",
          { role: "row", class: "heads" },
          ...heads,
          el("td", { role: "cell", class: "toggle" }),
        ),
      ),
      this.#body,
    );
    this.element = el("div", {}, this.#table, this.#end);
    this.#watch.observe(this.#end);
  }

  #head(column) {
    const button = el(
      "button",
      { type: "button", onclick: () => this.#sort(column) },
      columnName(this.#list.words, column),
      el("span", { class: "arrow", "aria-hidden": "true" }),
    );
    const head = el("th", { role: "columnheader", scope: "col", class: column }, button);
    this.#heads.set(column, head);
    return head;
  }

  /**
   * Shows keys in the order given.
   *
   * @param sort column and isDescending, as the heads are to tell
   * @param fromTheBegin whether the order is a new one, rather than a key changed
   */
  show(keys, sort, fromTheBegin) {
    this.#order = keys;
    this.#count = fromTheBegin ? step : Math.max(step, this.#count);
    this.#table.setAttribute("aria-rowcount", keys.length + 1);
    for (const [column, head] of this.#heads) {
      const way = sort.isDescending ? "descending" : "ascending";
      column === sort.column
        ? head.setAttribute("aria-sort", way)
        : head.removeAttribute("aria-sort");
    }
    const tags = new Set(keys.map(({ tag }) => tag));
    for (const tag of this.#rows.keys()) {
      if (!tags.has(tag) && !this.#list.has(tag)) {
        this.#rows.delete(tag);
      }
    }
    this.#render();
  }

  #render() {
    const wanted = this.#order.slice(0, this.#count).flatMap((key) => this.#row(key).elements);
    const kept = new Set(wanted);
    [...this.#body.children].filter((row) => !kept.has(row)).forEach((row) => row.remove());
    let at = this.#body.firstChild;
    for (const row of wanted) {
      if (row === at) {
        at = at.nextSibling;
      } else {
        this.#body.insertBefore(row, at);
      }
    }
    this.#end.hidden = this.#count >= this.#order.length;
  }

  #row(key) {
    const row = this.#rows.get(key.tag) ?? new KeyRow(this.#list, key);
    this.#rows.set(key.tag, row);
    row.show(key);
    return row;
  }

  #showMore() {
    if (this.#count < this.#order.length) {
      this.#count += step;
      this.#render();
      this.#watch.unobserve(this.#end); // or it would not tell again while the end is still near
      this.#watch.observe(this.#end);
    }
  }

  /** A key that was made anew stays in the row of the one that it replaced. */
  rename(previousTag, { tag }) {
    const row = this.#rows.get(previousTag);
    if (row) {
      this.#rows.delete(previousTag);
      this.#rows.set(tag, row);
    }
  }

  /** Opens the details of a key. */
  open({ tag }) {
    this.#rows.get(tag)?.open();
  }

  /** Focuses a key's button, or that of the key which is now in the place of one that is gone. */
  focus({ tag, action, index }) {
    const { tag: nearest } = this.#order[Math.min(index, this.#order.length - 1)];
    const row = this.#rows.get(tag) ?? this.#rows.get(nearest);
    row?.focus(this.#rows.has(tag) ? action : undefined);
  }
}
