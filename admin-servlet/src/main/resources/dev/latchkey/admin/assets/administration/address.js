import { plusDays } from "../dialogs/time.js";

/** The filters of each view, as the REST API names them. */
export const filtersOf = {
  keys: [
    "owner",
    "status",
    "ownerPrefix",
    "tag",
    "hint",
    "unusedSince",
    "expiresBefore",
    "createdBefore",
  ],
  events: ["owner", "action", "tag", "actor", "since", "until"],
};

/** The filters that are days. */
export const days = new Set(["unusedSince", "expiresBefore", "createdBefore", "since", "until"]);

const ours = new Set(["view", "limit", "cursor", ...filtersOf.keys, ...filtersOf.events]);

/** Returns whether a text holds what may be an API key: no URL, and no list, may ever have one. */
export const mayBeKey = (text) => /[0-9A-Za-z]{1,5}_[0-9A-Za-z]{49}(?![0-9A-Za-z])/.test(text);

/**
 * What is shown, as the page's URL says it, so that reloading, going back and sharing a link work.
 *
 * `before` are the cursors of the pages before this one; they are in the history, not in the URL.
 */
export function readAddress() {
  const parameters = new URL(location.href).searchParams;
  const hadKey = [...parameters.values()].some(mayBeKey);
  const value = (name) => {
    const text = parameters.get(name) ?? "";
    return mayBeKey(text) ? "" : text;
  };
  const view = value("view") === "events" ? "events" : "keys";
  const address = {
    view,
    filter: Object.fromEntries(
      filtersOf[view].map((name) => [name, value(name)]).filter(([, text]) => text),
    ),
    limit: value("limit"),
    cursor: value("cursor"),
    before: Array.isArray(history.state?.latchkeyBefore) ? history.state.latchkeyBefore : [],
  };
  if (hadKey) {
    writeAddress(address, true);
  }
  return address;
}

/** Returns the link to what is shown, beside what else the page's URL has. */
export function linkTo({ view, filter, limit, cursor }) {
  const url = new URL(location.href);
  for (const [name, text] of [...url.searchParams]) {
    if (ours.has(name) || mayBeKey(text)) {
      url.searchParams.delete(name);
    }
  }
  const parameters = { ...(view === "events" && { view }), ...filter, limit, cursor };
  for (const [name, text] of Object.entries(parameters)) {
    if (text && !mayBeKey(text)) {
      url.searchParams.set(name, text);
    }
  }
  return url.href;
}

export function writeAddress(address, isSame = false) {
  const state = { ...history.state, latchkeyBefore: address.before ?? [] }; // the host may keep its own
  if (isSame) {
    history.replaceState(state, "", linkTo(address));
  } else {
    history.pushState(state, "", linkTo(address));
  }
}

/** Returns the filter as the REST API has it: a day is the instant at which it begins, here. */
export const asQuery = (filter) =>
  Object.fromEntries(Object.entries(filter).map(([name, text]) => [name, instantOf(name, text)]));

/** Returns whether there is such a day: Date takes 31 February for 3 March. */
export const isDay = (text) =>
  /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00Z`)) &&
  plusDays(text, 0) === text;

function instantOf(name, text) {
  if (!days.has(name) || !isDay(text)) {
    return text; // the server says what is wrong with it
  }
  const first = name === "until" ? plusDays(text, 1) : text; // the last day of events counts as a whole
  const begin = Date.parse(`${first}T00:00`);
  return Number.isNaN(begin) ? text : new Date(begin).toISOString();
}
