import { facts } from "../dialogs/details.js";
import { el, warning } from "../common/dom.js";
import { isExpired } from "../common/keys.js";
import { history } from "./history.js";

/**
 * Shows all that is known of a key, and what can be done with it.
 *
 * @param list words, keys, policy, and run(action, key), which shows a dialog
 */
export function keyView(list, key) {
  const { words, keys, policy } = list;
  const button = (action, kind) =>
    el(
      "button",
      { type: "button", class: kind, "data-action": action, onclick: () => list.run(action, key) },
      words.text(action),
    );
  return [
    ...(isExpired(key) ? [warning(words.text("details.hasExpired"))] : []),
    facts(words, key, policy.scopes),
    el("div", { class: "buttons" }, button("edit"), button("reissue"), button("delete", "danger")),
    history(words, keys, key),
  ];
}
