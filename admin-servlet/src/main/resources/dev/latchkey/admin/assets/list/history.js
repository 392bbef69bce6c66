import { el } from "../common/dom.js";
import { Problem } from "../common/rest.js";
import { instant } from "../dialogs/time.js";

/** Tells, when it is opened, what was done with a key. */
export function history(words, keys, key) {
  const place = el("div", { class: "history" });
  const details = el("details", {}, el("summary", {}, words.text("list.history")), place);
  details.addEventListener("toggle", () => {
    if (details.open) {
      load(words, keys, key, place);
    }
  });
  return details;
}

async function load(words, keys, key, place) {
  if (!place.hasChildNodes()) {
    place.append(el("p", { role: "status", class: "hint" }, words.text("list.history.loading")));
  }
  try {
    const { events } = await keys.events(key);
    const items = events.map((event) => el("li", {}, ...told(words, event)));
    place.replaceChildren(el("ol", {}, ...items));
  } catch (problem) {
    if (!(problem instanceof Problem)) {
      throw problem;
    }
    place.replaceChildren(el("p", { class: "error", role: "alert" }, problem.text(words)));
  }
}

/** A later server may do what these words do not know. */
function told(words, { action, actorType, at, from }) {
  const known = (name, otherwise) => (words.has(name) ? words.text(name) : otherwise);
  const by = known(`list.event.by.${actorType}`); // not of the users themselves
  return [
    el("strong", {}, known(`list.event.${action}`, action)),
    ...(by ? [" ", by] : []),
    ...(from ? [" ", el("bdi", { dir: "ltr" }, from)] : []),
    el("span", { class: "hint" }, ...instant(words, at, "past")),
  ];
}
