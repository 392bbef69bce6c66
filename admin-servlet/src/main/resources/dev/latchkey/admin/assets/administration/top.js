import { el } from "../common/dom.js";
import { linkTo } from "./address.js";

/**
 * Returns what is above the lists: links to both of them, and what can be done without a list.
 *
 * @param actions [word, action] of buttons
 */
export function top(words, view, go, actions) {
  const link = (name) => {
    const address = { view: name, filter: {} };
    const anchor = el(
      "a",
      { href: linkTo(address), "aria-current": name === view && "page" },
      words.text(`admin.view.${name}`),
    );
    anchor.addEventListener("click", (event) => {
      if (!(event.ctrlKey || event.metaKey || event.shiftKey)) {
        event.preventDefault();
        go(address);
      }
    });
    return anchor;
  };
  return el(
    "div",
    { class: "top" },
    el(
      "nav",
      { class: "views", "aria-label": words.text("admin.views") },
      link("keys"),
      link("events"),
    ),
    el(
      "div",
      { class: "buttons" },
      ...actions.map(([word, onclick, kind]) =>
        el("button", { type: "button", class: kind, onclick }, words.text(word)),
      ),
    ),
  );
}
