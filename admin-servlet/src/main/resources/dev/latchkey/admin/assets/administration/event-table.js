import { el } from "../common/dom.js";
import { instant } from "../dialogs/time.js";

const eventColumns = ["at", "action", "owner", "tag", "actor", "reason"];

/** What was done, as rows of a table. */
export class EventTable {
  #words;
  element;

  /** @param links of(name, text) returns what leads to the events with a filter; null: no links */
  constructor(words, events, links) {
    this.#words = words;
    const heads = eventColumns.map((name) =>
      el("th", { scope: "col", role: "columnheader" }, words.text(`admin.column.${name}`)),
    );
    this.element = el(
      "table",
      { role: "table", class: "events", "aria-label": words.text("admin.view.events") },
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads)),
      el("tbody", { role: "rowgroup" }, ...events.map((event) => this.#row(event, links))),
    );
  }

  #row(event, links) {
    const cell = (name, ...content) =>
      el(
        "td",
        { role: "cell", class: content.length > 0 ? name : "nothing" },
        el(
          "span",
          { class: "name", "aria-hidden": "true" },
          this.#words.text(`admin.column.${name}`),
        ),
        ...content,
      );
    const link = (name) => (event[name] ? [links(name, event[name])] : []);
    return el(
      "tr",
      { role: "row" },
      cell("at", ...instant(this.#words, event.at)),
      cell("action", nameOf(this.#words, "action", event.action), ...detailsOf(this.#words, event)),
      cell("owner", ...link("owner")),
      cell("tag", ...link("tag")),
      cell("actor", ...this.#actor(event, links)),
      cell("reason", ...(event.reason ? [el("bdi", { class: "clamped" }, event.reason)] : [])),
    );
  }

  #actor({ actor, actorType, from }, links) {
    return [
      actor ? links("actor", actor) : "",
      el("span", { class: "utc" }, nameOf(this.#words, "actor", actorType)),
      from ? el("bdi", { class: "utc", dir: "ltr" }, from) : "",
    ];
  }
}

/** Names what was done, or who did it; a later server may know more than these words. */
function nameOf(words, kind, value) {
  const name = `admin.${kind}.${value}`;
  return words.has(name) ? words.text(name) : value;
}

function detailsOf(words, { details }) {
  return details && Object.keys(details).length > 0
    ? [
        el(
          "details",
          {},
          el("summary", {}, words.text("admin.event.details")),
          el("pre", { dir: "ltr" }, JSON.stringify(details, null, 1)),
        ),
      ]
    : [];
}

/** Lists what was done with one key, shortly. */
export function eventList(words, events) {
  return el(
    "ol",
    { class: "history" },
    ...events.map((event) =>
      el(
        "li",
        {},
        el("strong", {}, nameOf(words, "action", event.action)),
        " ",
        event.actor ? el("bdi", {}, event.actor) : nameOf(words, "actor", event.actorType),
        el("span", { class: "hint" }, ...instant(words, event.at, "past")),
        ...(event.reason ? [el("p", { class: "hint" }, el("bdi", {}, event.reason))] : []),
      ),
    ),
  );
}
