import { el, option } from "../common/dom.js";

const sizes = ["50", "100", "200"];

/**
 * Returns the buttons below a list.
 *
 * @param address what is shown
 * @param next the cursor of the next page; null if this is the last
 * @param go(change) shows another page
 */
export function pager(words, address, next, go) {
  const { cursor, before, limit } = address;
  const button = (name, isThere, onclick) =>
    el("button", { type: "button", disabled: !isThere, onclick }, words.text(`admin.page.${name}`));
  const size = el(
    "select",
    { id: "page-size" },
    ...sizes.map((count) =>
      option(count, words.number(Number(count)), count === (limit || sizes[0])),
    ),
  );
  size.addEventListener("change", () => go({ limit: size.value, cursor: "", before: [] }));
  return el(
    "nav",
    { class: "pager", "aria-label": words.text("admin.page") },
    button("first", cursor, () => go({ cursor: "", before: [] })),
    button("newer", before.length > 0, () =>
      go({ cursor: before.at(-1), before: before.slice(0, -1) }),
    ),
    button("older", next, () => go({ cursor: next, before: [...before, cursor] })),
    el("label", { for: "page-size" }, words.text("admin.page.size")),
    size,
  );
}
