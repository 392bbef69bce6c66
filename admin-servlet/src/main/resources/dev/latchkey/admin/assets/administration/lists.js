import { el } from "../common/dom.js";
import { EventTable } from "./event-table.js";
import { exportButtons } from "./exports.js";
import { KeyTable } from "./key-table.js";
import { KeyView } from "./key-view.js";

/** Returns what the list of keys holds: see ListPanel. */
export const keysOf = (page, keys, filter) => ({
  counted: "admin.keys.shown",
  async load(query) {
    const { keys: items, next } = await keys.list(query);
    return { items, next };
  },
  show(items) {
    const view = new KeyView(page.spoken, keys, page.login, page.actions);
    const table = new KeyTable(page.spoken, items, {
      details: (key) => view.content(key),
      openOwner: page.actions.openOwner,
    });
    page.actions.use(table);
    return table.element;
  },
  tools: (items) =>
    items.length > 0 && Object.keys(filter).length > 0
      ? [
          el(
            "button",
            { type: "button", class: "danger", onclick: () => page.revokeAll(filter) },
            page.spoken.text("admin.bulk.open"),
          ),
        ]
      : [],
});

/** Returns what the list of events holds. */
export const eventsOf = (page, keys, filter) => ({
  counted: "admin.events.shown",
  async load(query) {
    const { events: items, next } = await keys.events(query);
    return { items, next };
  },
  show: (items) =>
    new EventTable(page.spoken, items, (name, text) =>
      el(
        "button",
        {
          type: "button",
          class: "link",
          onclick: () => page.go({ view: "events", filter: { [name]: text } }),
        },
        el("bdi", { class: "clamped" }, text),
      ),
    ).element,
  tools: (items, panel) =>
    items.length > 0 ? exportButtons(page.spoken, keys, filter, (action) => panel.run(action)) : [],
});
