/**
 * <api-key-menu>: a profile icon with a menu. In it the logged-in user adds, views, edits, reissues
 * and deletes their own API key.
 *
 * Attributes (URLs, resolved against the page):
 *   login-page  where to log in again when the login has ended; default: reload the page
 *   api-url     the URL in the curl example; default: the root of this host
 *
 * Put the host's own entries, such as a log-out button, between the tags. Colours and shape are
 * custom properties: see the style sheet below. Light or dark follows the user's setting; to fix
 * one of them, set color-scheme on the element.
 */
const endpoint = new URL(".", import.meta.url).pathname.replace(/\/$/, "");
const requestTimeout = 30_000; // ms
const clipboardTimeout = 2_000; // ms
const day = 24 * 60 * 60 * 1000; // ms

const style = new CSSStyleSheet();
style.replaceSync(`
  :host {
    --accent: var(--api-key-accent, light-dark(#0b5cad, #8cc2ff));
    --on-accent: var(--api-key-on-accent, light-dark(#fff, #06223d));
    --surface: var(--api-key-surface, light-dark(#fff, #1c2026));
    --text: var(--api-key-text, light-dark(#1b1e23, #e9ebee));
    --muted: var(--api-key-muted, light-dark(#565d69, #a9b1bd));
    --border: var(--api-key-border, light-dark(#c5cad2, #4a515c));
    --danger: var(--api-key-danger, light-dark(#b3261e, #ffa199));
    --radius: var(--api-key-radius, .5rem);
    --field: var(--api-key-field, light-dark(#767d89, #8b93a0));
    --shade: light-dark(#f1f3f6, #2a3038);
    color-scheme: light dark;
    display: inline-block; vertical-align: middle;
  }
  [hidden] { display: none !important; }
  * { box-sizing: border-box; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  svg { display: block; width: 1.25rem; height: 1.25rem; fill: currentColor; }
  button { font: inherit; cursor: pointer; padding: .4rem .9rem; color: inherit;
    background: var(--surface); border: 1px solid var(--border); border-radius: var(--radius); }
  button:hover { background: var(--shade); }
  button.primary { color: var(--on-accent); background: var(--accent); border-color: var(--accent); }
  button.danger { color: var(--danger); border-color: var(--danger); }
  button.primary:hover { filter: brightness(1.1); }
  button[aria-disabled=true] { opacity: .55; cursor: progress; }
  .icon { display: grid; place-items: center; width: 2.5rem; height: 2.5rem; padding: 0;
    color: inherit; background: none; border-radius: 50%; }

  .menu, dialog { color: var(--text); background: var(--surface); border: 1px solid var(--border);
    border-radius: var(--radius); font-size: 1rem; line-height: 1.5; text-align: start;
    font-weight: 400; font-style: normal; text-transform: none; text-indent: 0; text-shadow: none;
    letter-spacing: normal; word-spacing: normal; white-space: normal; cursor: auto;
    user-select: text; /* inherits only the font from the host's header bar */
    box-shadow: 0 .5rem 1.5rem rgb(0 0 0 / .25); }
  .menu { position: fixed; inset: auto; margin: 0; padding: .4rem; min-width: 15rem;
    max-width: calc(100vw - 2rem); overflow: auto; }
  .menu p { margin: 0; padding: .4rem .7rem; color: var(--muted); }
  .menu p.error { max-width: 18rem; color: var(--danger); }
  .menu button, ::slotted(*) { display: block; width: 100%; }
  :host(:dir(rtl)) .own { text-align: right; } /* aligned with the host's entries */
  .menu button { padding: .45rem .7rem; text-align: inherit; border-color: transparent; }
  .menu .host { margin-top: .4rem; padding-top: .4rem; border-top: 1px solid var(--border); }

  dialog { width: min(36rem, 100vw - 2rem); max-width: none; max-height: calc(100dvh - 2rem);
    padding: 1.5rem; overflow-wrap: anywhere; }
  dialog::backdrop { background: rgb(0 0 0 / .45); }
  h2 { margin: 0 0 1rem; font-size: 1.3rem; line-height: 1.3; }
  h2:focus, form:focus { outline: none; }
  h3 { margin: 0; font: 600 1rem ui-monospace, monospace; }
  p { margin: .75rem 0; }
  .field { margin: 1rem 0; }
  label { display: block; margin-bottom: .25rem; font-weight: 600; }
  fieldset { margin: -.5rem 0 1rem; padding: .25rem .75rem .5rem; border: 1px solid var(--border);
    border-radius: var(--radius); }
  fieldset label { display: flex; gap: .6rem; align-items: baseline; margin: .35rem 0;
    font-weight: 400; }
  fieldset label:has(:disabled) { color: var(--muted); }
  fieldset .hint { margin: -.35rem 0 .35rem 1.6rem; }
  input[type=checkbox] { flex: none; width: auto; accent-color: var(--accent); }
  input, select, textarea { display: block; width: 100%; padding: .45rem .6rem; font: inherit;
    color: inherit; background: var(--surface); border: 1px solid var(--field);
    border-radius: var(--radius); }
  [aria-invalid=true] { border-color: var(--danger); }
  textarea, pre { font: .95rem/1.5 ui-monospace, monospace; }
  textarea { resize: none; field-sizing: content; }
  pre { margin: .25rem 0 0; padding: .6rem; background: var(--shade); border-radius: var(--radius);
    white-space: pre-wrap; user-select: all; }
  .hint, .utc { color: var(--muted); font-size: .875rem; }
  .hint pre { color: var(--text); }
  .utc { display: block; }
  .error { color: var(--danger); }
  .note { padding: .6rem .8rem; border-radius: var(--radius);
    border-inline-start: .3rem solid var(--accent); background: var(--shade); }
  .note.warning { border-color: light-dark(#b26a00, #f0b95b); }
  .note.failure { border-color: var(--danger); }
  .note button { margin-inline-start: .5rem; }
  .buttons { display: flex; flex-wrap: wrap; gap: .5rem; justify-content: flex-end;
    margin-top: 1.25rem; }
  section .buttons { justify-content: flex-start; }
  section { padding-bottom: 1.25rem; margin-bottom: 1.25rem; border-bottom: 1px solid var(--border); }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.5rem; margin: 1rem 0 0; }
  dt { color: var(--muted); }
  dd { margin: 0; }
  .badge { display: inline-block; margin-inline-end: .5rem; padding: .05rem .55rem;
    border-radius: 1rem; font-size: .8125rem; white-space: nowrap; background: var(--shade); }
  .badge.active { color: light-dark(#14532d, #b5efc5); background: light-dark(#e0f3e5, #17402a); }
  .badge.soon { color: light-dark(#5f3b00, #ffdf9e); background: light-dark(#fdf0d0, #4b3710); }
  .badge.expired { color: light-dark(#8c1d18, #ffcac5); background: light-dark(#fce4e2, #58201c); }
  @media (max-width: 30rem) {
    dialog { padding: 1rem; }
    dl { grid-template-columns: 1fr; gap: 0; }
    dd { margin-bottom: .6rem; }
  }
`);

// Elements

/**
 * Creates an element with attributes, listeners (on…) and children. Strings become text nodes, never
 * HTML.
 */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (value === true) {
      element.setAttribute(key, "");
    } else if (value !== false && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children);
  return element;
}

function profileIcon() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute(
    "d",
    "M12 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm0 2c-4.6 0-8.5 2.6-8.5 6V21h17v-1.5c0-3.4-3.9-6-8.5-6Z",
  );
  svg.append(path);
  return svg;
}

/** Creates a labelled control with an empty error message below it. */
function field(label, name, ...controls) {
  const error = el("p", { class: "error", id: `${name}-error`, hidden: true });
  const [control] = controls;
  control.id = name;
  control.setAttribute("aria-describedby", `${name}-error`);
  return el("div", { class: "field" }, el("label", { for: name }, label), ...controls, error);
}

const option = (value, text, selected = false) => el("option", { value, selected }, text);

const descriptionField = (value = "") =>
  field(
    "Description (optional)",
    "description",
    el("input", { value, dir: "auto", autocomplete: "off", placeholder: "What the key is for" }),
  );

/** Isolates foreign text, so that its writing direction does not reorder our sentence. */
const isolated = (text) => `\u2068${text.replace(/[\u2028-\u202e\u2066-\u2069]/g, "")}\u2069`;

const done = (text) => el("p", { class: "note", role: "status" }, text);

// Time: sent as UTC, shown in the user's language and time zone

const language = new Intl.DateTimeFormat().resolvedOptions().locale;
const dateTime = new Intl.DateTimeFormat(language, {
  year: "numeric",
  month: "long",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
});

const dayFormat = new Intl.DateTimeFormat(language, { dateStyle: "long" });

/** Follows the server's clock, since the browser's may be days slow or fast. */
const clock = {
  lead: 0, // ms

  now() {
    return Date.now() + this.lead;
  },

  /** Ignores less than a minute: that may be the response's delay. */
  learn(date) {
    const lead = Date.parse(date) - Date.now();
    this.lead = Math.abs(lead) > 60_000 ? lead : 0;
  },
};

/** Formats an instant as the REST API does: to the second. */
const iso = (time) => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");

/** Formats "in 12 days" or "2 hours ago", rounded down to the unit within a minute. */
function relative(time, tense, locale) {
  const left = (new Date(time) - clock.now()) / 1000;
  const seconds = tense === "past" ? Math.min(left, 0) : Math.max(left, 0);
  const [unit, size] = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ].find(([, length]) => Math.abs(seconds) >= length) ?? ["minute", 60];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(
    Math.trunc((seconds > 0 ? seconds + 60 : seconds) / size),
    unit,
  );
}

/** Shows an instant in local time and in UTC; with a tense, also how far away it is. */
function instant(time, tense) {
  return [
    el(
      "time",
      { datetime: iso(time), lang: language, dir: "auto" },
      dateTime.format(new Date(time)),
    ),
    " ",
    el(
      "span",
      { class: "utc" },
      ...(tense
        ? [el("span", { lang: language, dir: "auto" }, relative(time, tense, language)), " · "]
        : []),
      el("bdi", { dir: "ltr" }, iso(time).replace("T", " ").replace("Z", " UTC")),
    ),
  ];
}

// Days, as YYYY-MM-DD, in the user's time zone

function dayOf(time) {
  const date = new Date(time);
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const plusDays = (date, count) =>
  new Date(Date.parse(`${date}T00:00Z`) + count * day).toISOString().slice(0, 10);

/** Returns one second before the next day begins, also when clocks change at midnight. */
const endOfDay = (date) => new Date(`${plusDays(date, 1)}T00:00`).getTime() - 1000;

// The servlet's REST API

/** Replaces details that are missing, or not written for users. */
const messages = {
  "not-logged-in": "Your login has ended. Log in again to go on.",
  "store-unavailable": "API keys are not available right now. Try again in a moment.",
  "no-answer": "No answer came from the server. Try again.",
  "no-such-key": "This API key is gone: it was deleted or reissued elsewhere.",
};

/** A rejected request, or a missing answer. */
class Problem extends Error {
  constructor({ type = "", detail, errors = [] }) {
    const name = type.replace("urn:latchkey:", "");
    super(messages[name] ?? detail);
    this.type = name;
    this.errors = Array.isArray(errors) ? errors : [];
  }
}

const isTransient = ({ type }) => type === "store-unavailable" || type === "no-answer";

async function call(method, path = "", body) {
  let response;
  let answer;
  try {
    response = await fetch(endpoint + path, {
      method,
      headers: {
        Accept: "application/json",
        ...(body && { "Content-Type": "application/json" }),
      },
      body: body && JSON.stringify(body),
      redirect: "manual", // the servlet never redirects; a login filter may
      signal: AbortSignal.timeout(requestTimeout),
    });
    const isJson = response.headers.get("Content-Type")?.includes("json");
    answer = isJson ? await response.json() : null;
  } catch {
    throw new Problem({ type: "no-answer" });
  }
  const isOurs = response.status === 204 || (method === "GET" ? answer?.keys : answer);
  if (response.ok && isOurs) {
    return method === "GET" ? stateOf(answer, response.headers) : answer;
  }
  if (response.ok || response.status === 401 || response.type === "opaqueredirect") {
    throw new Problem({ type: "not-logged-in" });
  }
  throw new Problem({
    detail: `The server answered with status ${response.status}. Try again later.`,
    ...answer,
  });
}

/** Decodes percent-encoded text; returns an empty string if a proxy garbled it. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** Returns the keys, the policy and the owner, who is known even without a key. */
function stateOf({ keys, policy }, headers) {
  clock.learn(headers.get("Date"));
  return { keys, policy, owner: decoded(headers.get("API-Key-Owner") ?? "") };
}

// Keys

const isExpired = (key) => key.status === "expired";
const named = (key) =>
  key.description ? `“${isolated(key.description)}” (${key.hint})` : key.hint;

/** Says for whom a key acts, before it is created and after. */
const inNameOf = (owner) =>
  owner ? [el("p", {}, `The key acts in the name of ${isolated(owner)}.`)] : [];

function badges(key) {
  const left = new Date(key.expiresAt) - clock.now();
  return [
    isExpired(key)
      ? el("span", { class: "badge expired" }, "Expired")
      : el("span", { class: "badge active" }, "Active"),
    !isExpired(key) && left < 7 * day && el("span", { class: "badge soon" }, "Expires soon"),
    !key.lastUsedAt && el("span", { class: "badge" }, "Never used"),
  ].filter(Boolean);
}

function facts(key, scopes) {
  const rows = {
    Description: [el("bdi", {}, key.description || "none")],
    ...(key.scopes && { "May only": rightsOf(key.scopes, scopes) }),
    Tag: [key.tag],
    Status: badges(key),
    Created: instant(key.createdAt),
    [isExpired(key) ? "Expired" : "Expires"]: instant(
      key.expiresAt,
      isExpired(key) ? "past" : "future",
    ),
    "Last used": key.lastUsedAt ? instant(key.lastUsedAt, "past") : ["never"],
    ...(key.lastUsedFrom && { "Last used from": [key.lastUsedFrom] }),
  };
  return el(
    "dl",
    {},
    ...Object.entries(rows).flatMap(([name, value]) => [
      el("dt", {}, name),
      el("dd", {}, ...value),
    ]),
  );
}

// Scopes: what a key may do

/** Names what a limited key may do. A scope that the application has no more grants nothing. */
const rightsOf = (names, scopes) =>
  names.map((name) => {
    const scope = scopes.find((declared) => declared.name === name);
    return el("div", {}, el("bdi", {}, scope ? scope.description : `${name} (is no more)`));
  });

/** Lets the user limit a key to some scopes. */
function chosenScopes(scopes, current = null) {
  if (scopes.length === 0) {
    return { fields: [], request: () => ({}) };
  }
  const boxes = scopes.map(({ name, description, grantable }, number) => {
    const why = `scope-${number}-why`;
    const box = el("input", {
      type: "checkbox",
      value: name,
      checked: Boolean(current?.includes(name)),
      ...(!grantable && { disabled: true, "aria-describedby": why }),
    });
    const reason = el("p", { class: "hint", id: why }, "You lack the role that this needs.");
    const label = el("label", {}, box, el("bdi", {}, description));
    return { box, rows: grantable ? [label] : [label, reason] };
  });
  const select = el(
    "select",
    {},
    option("all", "All my rights", current === null),
    option("some", "Only what I choose", current !== null),
  );
  const choice = el(
    "fieldset",
    { "aria-label": "What the key may do" },
    ...boxes.flatMap(({ rows }) => rows),
  );
  const update = () => {
    choice.hidden = select.value === "all";
  };
  select.addEventListener("change", update);
  update();
  return {
    fields: [field("Rights", "rights", select), choice],
    request() {
      const chosen =
        select.value === "all"
          ? null
          : boxes.filter(({ box }) => box.checked && !box.disabled).map(({ box }) => box.value);
      if (chosen?.length === 0) {
        throw new Problem({
          errors: [
            { field: "scopes", sentence: ["Choose at least one thing that the key may do."] },
          ],
        });
      }
      return String(chosen) === String(current) ? {} : { scopes: chosen };
    },
  };
}

// Validity: the fields, and the members they add to a request

function expirationDate() {
  const output = el("output", { "aria-labelledby": "expiration" });
  return {
    fields: [
      el(
        "div",
        { class: "field" },
        el("strong", { id: "expiration" }, "Expiration date"),
        el("br"),
        output,
      ),
    ],
    show: (content) => output.replaceChildren(...content),
  };
}

/** Lets the user choose the validity, and shows the resulting expiration date. */
function chosenValidity({ defaultDays, maxDays }, keep) {
  const days = [...new Set([7, 30, 60, 90, defaultDays, maxDays])]
    .filter((count) => count <= maxDays)
    .sort((a, b) => a - b);
  const select = el(
    "select",
    {},
    ...(keep ? [option("keep", "Leave it as it is", true)] : []),
    ...days.map((count) =>
      option(
        count,
        (count === 1 ? "1 day" : `${count} days`) + (count === maxDays ? " (the longest)" : ""),
        !keep && count === defaultDays,
      ),
    ),
    option("date", "Until a date…"),
  );
  const now = clock.now();
  const latest = now + maxDays * day;
  const lastDay = dayOf(latest);
  const date = el("input", {
    type: "date",
    min: dayOf(now),
    max: endOfDay(lastDay) > latest ? plusDays(lastDay, -1) : lastDay,
  });
  const dateField = field("Last day", "last-day", date);
  const output = expirationDate();
  const end = () => (date.value && date.validity.valid ? endOfDay(date.value) : undefined);
  // A preview for a number of days: the server's answer has the exact instant.
  const update = () => {
    dateField.hidden = select.value !== "date";
    const expires =
      select.value === "keep"
        ? keep
        : select.value === "date"
          ? end()
          : clock.now() + select.value * day;
    output.show(expires ? instant(expires) : ["the end of the last day"]);
  };
  select.addEventListener("change", () => {
    update();
    if (!dateField.hidden) {
      date.focus();
    }
  });
  date.addEventListener("input", update);
  update();
  return {
    fields: [field("Validity", "validity", select), dateField, ...output.fields],
    request() {
      if (select.value === "keep") {
        return {};
      }
      if (select.value !== "date") {
        return { expiresInDays: Number(select.value) };
      }
      const expires = end();
      if (!expires) {
        const [first, last] = [date.min, date.max].map((text) =>
          el("bdi", { lang: language }, dayFormat.format(endOfDay(text))),
        );
        throw new Problem({
          errors: [
            {
              field: "expiresAt",
              sentence: [
                date.value ? "The expiration date must be from " : "Choose the last day, from ",
                first,
                " to ",
                last,
                ".",
              ],
            },
          ],
        });
      }
      return { expiresAt: iso(expires) };
    },
  };
}

/** Shows the validity that the login session sets. */
function sessionValidity({ expiresAt }) {
  const output = expirationDate();
  output.show(instant(expiresAt));
  return {
    fields: [
      ...output.fields,
      el("p", { class: "hint" }, "The key expires when your login session ends."),
    ],
    request: () => ({}),
  };
}

/** Maps a request member to the control that shows its error, and to its name for users. */
const fieldControls = {
  description: ["#description", "The description"],
  expiresInDays: ["#validity", "The validity"],
  scopes: ["#rights", "The rights"],
  expiresAt: [".field:not([hidden]) > #last-day, #validity", "The expiration date"],
};

class ApiKeyMenu extends HTMLElement {
  // The text is English, and stays left to right in a right-to-left host page.
  #toggle = el(
    "button",
    { class: "icon", lang: "en", "aria-label": "Profile", "aria-expanded": "false" },
    profileIcon(),
  );
  #items = el("div", { class: "own", lang: "en", dir: "ltr" });
  #menu = el(
    "div",
    { class: "menu", popover: "auto" },
    this.#items,
    el("div", { class: "host" }, el("slot")),
  );
  #dialog = el("dialog", { lang: "en", dir: "ltr", "aria-labelledby": "title", closedby: "none" });
  #owner = ""; // logged in when the menu was opened
  #dismiss = () => {};
  #busy = false;
  #uncopied = false;
  #pressedBeside = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style];
    root.append(this.#toggle, this.#menu, this.#dialog);
    this.#toggle.popoverTargetElement = this.#menu;
    this.#menu.addEventListener("beforetoggle", (event) => this.#menuToggles(event));
    this.#menu.addEventListener("click", ({ target }) => {
      if (target.closest("a[href], button")) {
        this.#menu.hidePopover();
      }
    });
    root.addEventListener("keydown", (event) => this.#keyPressed(event));
    this.#dialog.addEventListener("cancel", (event) => event.preventDefault());
    this.#dialog.addEventListener("pointerdown", (event) => {
      this.#pressedBeside = this.#isBeside(event);
    });
    this.#dialog.addEventListener("click", (event) => this.#clicked(event));
    this.#dialog.addEventListener("close", () => this.#toggle.focus());
  }

  connectedCallback() {
    addEventListener("scroll", this.#hideMenu, { passive: true });
    addEventListener("resize", this.#hideMenu);
    addEventListener("beforeunload", this.#beforeUnload);
    addEventListener("pagehide", this.#close);
    addEventListener("keydown", this.#escape);
  }

  disconnectedCallback() {
    removeEventListener("scroll", this.#hideMenu);
    removeEventListener("resize", this.#hideMenu);
    removeEventListener("beforeunload", this.#beforeUnload);
    removeEventListener("pagehide", this.#close);
    removeEventListener("keydown", this.#escape);
    this.#close();
  }

  #hideMenu = () => this.#menu.hidePopover();

  #beforeUnload = (event) => {
    if (this.#uncopied) {
      event.preventDefault();
    }
  };

  // The menu

  #menuToggles({ newState }) {
    const opens = newState === "open";
    this.#toggle.setAttribute("aria-expanded", opens);
    if (!opens) {
      return;
    }
    const status = el("p", { role: "status" }, "Looking for your API key…");
    this.#items.replaceChildren(status);
    this.#place();
    this.#fillMenu(status);
  }

  /** Puts the menu below the icon, or above it if there is more room. */
  #place() {
    const icon = this.#toggle.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const width = this.#menu.offsetWidth || parseFloat(getComputedStyle(this.#menu).minWidth);
    const below = clientHeight - icon.bottom - 12;
    const above = icon.top - 12;
    const isBelow = this.#menu.scrollHeight <= below || below >= above;
    const { style: place } = this.#menu;
    place.right = `${Math.max(8, Math.min(clientWidth - icon.right, clientWidth - width - 8))}px`;
    place.top = isBelow ? `${icon.bottom + 4}px` : "auto";
    place.bottom = isBelow ? "auto" : `${clientHeight - icon.top + 4}px`;
    place.maxHeight = `${isBelow ? below : above}px`;
  }

  async #fillMenu(status) {
    let state;
    let entries;
    try {
      state = await call("GET");
      entries = this.#entries(state);
    } catch (problem) {
      entries = [
        el("p", { class: "error", role: "alert" }, problem.message),
        ...this.#recoveryActions(problem),
      ];
    }
    if (status.isConnected) {
      // else the menu was reopened meanwhile
      this.#owner = state?.owner ?? "";
      this.#items.replaceChildren(...entries);
      this.#place();
    }
  }

  #entries(state) {
    const { keys } = state;
    const entry = (text, action) => el("button", { type: "button", onclick: action }, text);
    const expired = keys.filter(isExpired);
    const entries = [];
    if (expired.length > 0) {
      entries.push(
        el(
          "p",
          {},
          keys.length === 1 ? "Your API key has expired." : "An API key of yours has expired.",
        ),
      );
    }
    if (this.#mayTryToAdd(state)) {
      entries.push(entry("Add API key", () => this.#add(state)));
    }
    if (keys.length > 0) {
      entries.push(entry("View my API key details", () => this.#details(state)));
    }
    if (expired.length === 1) {
      entries.push(
        entry("Reissue expired API key", () => this.#reissue(expired[0], state, this.#close)),
        entry("Delete expired API key", () => this.#delete(expired[0], state, this.#close)),
      );
    }
    return entries;
  }

  /** An expired key may block adding; the dialog then says what to do. */
  #mayTryToAdd({ keys, policy }) {
    return keys.length < policy.maxKeys || keys.some(isExpired);
  }

  #keyPressed(event) {
    const isMenuOpen = this.#menu.matches(":popover-open");
    if (event.key === "Enter" && event.repeat) {
      event.preventDefault(); // a held key must not press the next dialog's button
    } else if (event.key === "Escape" && isMenuOpen) {
      this.#menu.hidePopover();
      this.#toggle.focus();
    } else if (["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key) && isMenuOpen) {
      const slotted = this.#menu
        .querySelector("slot")
        .assignedElements()
        .flatMap((element) => [element, ...element.querySelectorAll("*")]);
      const stops = [
        ...this.#items.querySelectorAll("button"),
        ...slotted.filter((element) => element.matches("a[href], button")),
      ];
      const at = stops.indexOf(event.composedPath()[0]);
      if (at < 0 && event.composedPath()[0] !== this.#toggle) {
        return; // for example, a field of the host page
      }
      const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
      event.preventDefault();
      stops.at(to % stops.length)?.focus();
    }
  }

  // Dialogs

  /** Handles Escape wherever the focus is: with closedby="none", browsers do not. */
  #escape = (event) => {
    if (event.key === "Escape" && this.#dialog.open) {
      event.preventDefault();
      this.#dismiss();
    }
  };

  /**
   * Shows a dialog; it replaces the current one.
   *
   * @param buttons [text, action, class]; Enter in a field presses the last one
   * @param dismiss runs on Escape, and on a click outside a dialog without fields
   * @param focus gets the focus; default: the first field, else the title
   */
  #show(title, body, buttons, { dismiss = this.#close, focus } = {}) {
    if (!this.isConnected) {
      return; // removed from the page while waiting for an answer
    }
    const heading = el("h2", { id: "title", tabindex: -1 }, title);
    const form = el(
      "form",
      { novalidate: true, tabindex: -1 },
      heading,
      ...body,
      el("div", { class: "note failure", role: "alert", id: "failure", hidden: true }),
      el(
        "div",
        { class: "buttons" },
        ...buttons.map(([text, action, kind], index) =>
          this.#button(text, action, kind, index === buttons.length - 1 ? "submit" : "button"),
        ),
      ),
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    this.#empty();
    this.#dismiss = () => this.#busy || dismiss();
    this.#dialog.replaceChildren(form);
    if (!this.#dialog.open) {
      this.#dialog.showModal();
    }
    (focus ?? form.querySelector(".field input, .field select") ?? heading).focus();
  }

  /** Runs on page hide too: a page restored by the back button must not hold a key. */
  #close = () => {
    this.#empty();
    this.#dialog.close();
  };

  #button(text, action, kind, type = "button") {
    return el(
      "button",
      {
        type,
        class: kind,
        onclick: (event) => {
          event.preventDefault();
          this.#runOnce(action);
        },
      },
      text,
    );
  }

  /** Removes the dialog's content, and clears controls that hold a secret. */
  #empty() {
    this.#uncopied = false;
    for (const control of this.#dialog.querySelectorAll("textarea")) {
      control.value = "";
    }
    this.#dialog.replaceChildren();
  }

  #isBeside({ target, clientX, clientY }) {
    const { left, right, top, bottom } = this.#dialog.getBoundingClientRect();
    return (
      target === this.#dialog &&
      (clientX < left || clientX > right || clientY < top || clientY > bottom)
    );
  }

  #clicked(event) {
    const isDeliberate = this.#pressedBeside && event.detail === 1; // no drag, no double click
    if (isDeliberate && this.#isBeside(event) && !this.#hasFields()) {
      this.#dismiss();
    }
  }

  #hasFields() {
    return this.#dialog.querySelector(".field input, .field select") !== null;
  }

  /** Runs a button's action; further presses of any button are ignored until it ends. */
  async #runOnce(action) {
    if (this.#busy) {
      return;
    }
    this.#working(true);
    this.#clearFailure();
    try {
      await this.#orShowCurrentKeys(action);
    } catch (problem) {
      this.#showProblem(problem);
    } finally {
      this.#working(false);
    }
  }

  /** Runs an action; if its key is gone, shows the current keys instead. */
  async #orShowCurrentKeys(action) {
    try {
      await action();
    } catch (problem) {
      if (problem.type !== "no-such-key") {
        throw problem;
      }
      this.#details(
        await this.#state(),
        el("p", { class: "note warning", role: "alert" }, problem.message),
      );
    }
  }

  /** Loads keys and policy again; fails if another user has logged in meanwhile. */
  async #state() {
    const state = await call("GET");
    if (this.#isOther(state.owner)) {
      throw new Problem({
        type: "other-user",
        detail: `${this.#hasTakenOver(state.owner)} Nothing was changed.`,
      });
    }
    return state;
  }

  #isOther(owner) {
    return owner && this.#owner && owner !== this.#owner;
  }

  #hasTakenOver(owner) {
    return `In another tab ${isolated(owner)} has logged in instead of ${isolated(this.#owner)}.`;
  }

  #working(busy) {
    this.#busy = busy;
    for (const button of this.#dialog.querySelectorAll(".buttons button")) {
      button.setAttribute("aria-disabled", busy);
    }
  }

  #clearFailure() {
    for (const failure of this.#dialog.querySelectorAll("#failure")) {
      failure.hidden = true;
    }
    for (const error of this.#dialog.querySelectorAll(".field .error")) {
      error.hidden = true;
      error.textContent = "";
    }
    for (const control of this.#dialog.querySelectorAll("[aria-invalid]")) {
      control.removeAttribute("aria-invalid");
    }
  }

  /** Shows a problem beside the field it concerns, else below the form. */
  #showProblem(problem) {
    if (!(problem instanceof Problem)) {
      throw problem;
    }
    if (!this.#dialog.open) {
      return; // removed from the page while waiting for an answer
    }
    let first;
    for (const { field: member, message, sentence } of problem.errors) {
      const [where, subject] = fieldControls[member] ?? [];
      const control = where && [...this.#dialog.querySelectorAll(where)].at(-1);
      if (control) {
        const error = this.#dialog.querySelector(`#${control.id}-error`);
        error.replaceChildren(...(sentence ?? [`${subject} ${message.replace(/\.$/, "")}.`]));
        error.hidden = false;
        control.setAttribute("aria-invalid", "true");
        first ??= control;
      }
    }
    if (first) {
      first.focus();
      return;
    }
    const failure = this.#dialog.querySelector("#failure");
    const kept = isTransient(problem) && this.#hasFields() ? " What you typed is kept." : "";
    failure.replaceChildren(
      el("span", {}, problem.message + kept),
      ...this.#recoveryActions(problem),
    );
    failure.hidden = false;
  }

  /** Returns buttons that help after a problem, besides trying again. */
  #recoveryActions({ type }) {
    switch (type) {
      case "not-logged-in":
        return [
          this.#button("Log in again", () => {
            const page = this.getAttribute("login-page");
            return page ? location.assign(page) : location.reload();
          }),
        ];
      case "other-user":
        return [this.#button("Reload the page", () => location.reload())];
      case "key-limit-reached":
      case "expired-key-exists":
      case "key-expired":
      case "expiry-set-by-session":
        return [
          this.#button("View my API key details", () => {
            this.#load("My API key details", "Looking for your API key…", (state) =>
              this.#details(state),
            );
          }),
        ];
      default:
        return [];
    }
  }

  /** Shows a waiting dialog, loads the state, and goes on unless the dialog was closed meanwhile. */
  async #load(title, text, goOn) {
    const status = el("p", { role: "status" }, text);
    this.#show(title, [status], [["Cancel", this.#close]]);
    try {
      const state = await this.#state();
      if (status.isConnected) {
        goOn(state);
      }
    } catch (problem) {
      if (status.isConnected) {
        status.hidden = true;
        this.#showProblem(problem);
      }
    }
  }

  // Adding

  #add(state) {
    const { keys, policy } = state;
    const [expired] = keys
      .filter(isExpired)
      .sort((a, b) => new Date(a.expiresAt) - new Date(b.expiresAt));
    const blocking = keys.length >= policy.maxKeys ? expired : undefined;
    if (blocking && policy.validity.mode !== "session") {
      this.#expiredKeyBlocks(blocking, state);
    } else {
      this.#withValidity("Add API key", policy, (validity) =>
        this.#addForm(validity, chosenScopes(policy.scopes), blocking),
      );
    }
  }

  /** Goes on with a chosen validity, or with the session's, which is loaded again. */
  #withValidity(title, { validity }, goOn) {
    if (validity.mode === "session") {
      this.#load(title, "Validating your session…", ({ policy }) =>
        goOn(
          policy.validity.mode === "session"
            ? sessionValidity(policy.validity)
            : chosenValidity(policy.validity),
        ),
      );
    } else {
      goOn(chosenValidity(validity));
    }
  }

  #addForm(validity, scopes, replaced) {
    this.#show(
      "Add API key",
      [
        ...inNameOf(this.#owner),
        ...(replaced
          ? [
              el(
                "p",
                { class: "note" },
                `The new key replaces the expired one, ${named(replaced)}.`,
              ),
            ]
          : []),
        descriptionField(),
        ...validity.fields,
        ...scopes.fields,
      ],
      [
        ["Cancel", this.#close],
        [
          "Add",
          async () => {
            const request = {
              description: this.#value("description"),
              ...validity.request(),
              ...scopes.request(),
            };
            await this.#state(); // creates no key if another user has logged in
            this.#secret(await call("POST", "", request));
          },
          "primary",
        ],
      ],
    );
  }

  #value(name) {
    return this.#dialog.querySelector(`#${name}`).value;
  }

  #expiredKeyBlocks(expired, state) {
    this.#show(
      "Add API key",
      [
        el(
          "p",
          { class: "note warning" },
          `Your API key ${named(expired)} has expired. Delete or reissue it before you add a new one.`,
        ),
      ],
      [
        ["Cancel", this.#close],
        ["Delete", () => this.#delete(expired, state, this.#close), "danger"],
        ["Reissue", () => this.#reissue(expired, state, this.#close), "primary"],
      ],
    );
  }

  /** Shows a new key, for the only time. */
  #secret(made) {
    const key = el("textarea", {
      readonly: true,
      rows: 2,
      autocomplete: "off",
      spellcheck: "false",
    });
    key.value = made.key;
    // A click selects the whole key, so that nobody copies half of it.
    key.addEventListener("focus", () => key.select());
    key.addEventListener("click", () => key.select());
    key.addEventListener("copy", () => {
      if (key.selectionStart === 0 && key.selectionEnd === key.value.length) {
        this.#wasCopied();
      }
    });
    // A wrong api-url must not cost the user the key.
    const api = this.getAttribute("api-url") ?? "/";
    const url = new URL(URL.canParse(api, document.baseURI) ? api : "/", document.baseURI);
    const command = el(
      "pre",
      { tabindex: 0, role: "group", "aria-label": "curl command" },
      `curl -H 'Authorization: Bearer ${made.key}' '${url.href.replaceAll("'", "%27")}'`,
    );
    command.addEventListener("copy", () => {
      if (getSelection().toString().includes(key.value)) {
        this.#wasCopied();
      }
    });
    // Not run by #runOnce, so Close and Escape work while the clipboard does not answer.
    const copy = el(
      "button",
      { type: "button", class: "primary", onclick: () => this.#copy(key) },
      "Copy to clipboard",
    );
    this.#show(
      "Your API key",
      [
        el(
          "p",
          { class: "note warning" },
          "Copy the key now: after Close it cannot be retrieved. Scripts that use a previous key must be updated.",
        ),
        field("API key", "key", key),
        copy,
        el("span", { role: "status", id: "copied", class: "hint" }),
        ...(this.#isOther(made.owner)
          ? [el("p", { class: "note warning" }, this.#hasTakenOver(made.owner))]
          : []),
        ...inNameOf(made.owner),
        el("p", {}, "Expires ", ...instant(made.expiresAt)),
        el("p", { class: "hint" }, "To try it:", command),
      ],
      [["Close", this.#close]],
      { focus: copy, dismiss: () => this.#askBeforeClosing() },
    );
    this.#uncopied = this.isConnected;
  }

  #wasCopied() {
    this.#uncopied = false;
    this.#dialog.querySelector("#copied").textContent = " ✓ Copied";
    this.#clearFailure();
  }

  async #copy(key) {
    const late = setTimeout(() => this.#copyWithoutClipboard(key), clipboardTimeout);
    try {
      await navigator.clipboard.writeText(key.value);
      if (key.isConnected) {
        this.#wasCopied();
      }
    } catch {
      // plain http, or not allowed
      this.#copyWithoutClipboard(key);
    } finally {
      clearTimeout(late);
    }
  }

  #copyWithoutClipboard(key) {
    if (!key.isConnected) {
      return; // closed meanwhile
    }
    const { activeElement } = this.shadowRoot;
    key.focus();
    key.select();
    if (document.execCommand("copy")) {
      this.#wasCopied();
      activeElement?.focus();
    } else {
      this.#showProblem(
        new Problem({
          detail:
            "The browser does not allow copying. The key is selected: copy it with Ctrl+C or ⌘C.",
        }),
      );
    }
  }

  #askBeforeClosing() {
    if (!this.#uncopied) {
      this.#close();
      return;
    }
    this.#showProblem(
      new Problem({
        detail:
          "The key has not been copied and cannot be retrieved later. Choose Close to close it anyway.",
      }),
    );
    this.#dialog.querySelector(".primary").focus();
  }

  // Viewing and changing

  #details(state, notice = "") {
    const { keys, policy } = state;
    const back = () => this.#details(state);
    this.#show(
      keys.length > 1 ? "My API keys" : "My API key details",
      [
        notice,
        ...keys.map((key) =>
          el(
            "section",
            { "aria-label": `API key ${key.hint}` },
            el("h3", {}, key.hint),
            ...(isExpired(key)
              ? [
                  el(
                    "p",
                    { class: "note warning" },
                    "This key has expired. Reissue it, or delete it.",
                  ),
                ]
              : []),
            facts(key, policy.scopes),
            el(
              "div",
              { class: "buttons" },
              this.#button("Edit", () => this.#edit(key, state)),
              this.#button("Reissue", () => this.#reissue(key, state, back)),
              this.#button("Delete", () => this.#delete(key, state, back), "danger"),
            ),
          ),
        ),
        ...(keys.length === 0 ? [el("p", {}, "You have no API key.")] : []),
      ],
      [
        ...(this.#mayTryToAdd(state) ? [["Add API key", () => this.#add(state)]] : []),
        ["Close", this.#close],
      ],
    );
  }

  #edit(key, state) {
    const { keys, policy } = state;
    const fixed = (reason) => ({
      fields: [el("p", { class: "hint" }, reason)],
      request: () => ({}),
    });
    const validity = isExpired(key)
      ? fixed("The validity of an expired key cannot be extended. Reissue it instead.")
      : policy.validity.mode === "session"
        ? fixed("The expiration date is set by your login session.")
        : chosenValidity(policy.validity, key.expiresAt);
    const scopes = chosenScopes(policy.scopes, key.scopes);
    this.#show(
      "Edit API key",
      [descriptionField(key.description), ...validity.fields, ...scopes.fields],
      [
        ["Cancel", () => this.#details(state)],
        [
          "Save",
          async () => {
            const edited = await call("PATCH", `/${key.tag}`, {
              description: this.#value("description"),
              ...validity.request(),
              ...scopes.request(),
            });
            this.#details(
              { keys: keys.map((other) => (other === key ? edited : other)), policy },
              done("Saved."),
            );
          },
          "primary",
        ],
      ],
    );
  }

  #reissue(key, { policy }, back) {
    const grace = el(
      "select",
      {},
      option(0, "at once"),
      option(3600, "in 1 hour"),
      option(86400, "in 1 day"),
    );
    this.#withValidity("Reissue API key", policy, (validity) =>
      this.#show(
        "Reissue API key",
        [
          el("p", {}, `You get a new key with the same description in the place of ${named(key)}.`),
          ...inNameOf(key.owner),
          ...validity.fields,
          ...(isExpired(key) ? [] : [field("The current key stops working", "grace", grace)]),
        ],
        [
          ["Cancel", back],
          [
            "Reissue",
            async () =>
              this.#secret(
                await call("POST", `/${key.tag}/reissue`, {
                  ...validity.request(),
                  graceSeconds: Number(grace.value),
                }),
              ),
            "primary",
          ],
        ],
      ),
    );
  }

  #delete(key, { keys, policy }, back) {
    const from = key.lastUsedFrom ? ` from ${key.lastUsedFrom}` : "";
    const used = key.lastUsedAt
      ? `It was last used ${relative(key.lastUsedAt, "past", "en")}${from}.`
      : "It was never used.";
    const effect = isExpired(key)
      ? `The expired key ${named(key)} will be deleted for good.`
      : `Whatever uses the key ${named(key)}, or one that it replaced, stops working at once. This cannot be undone.`;
    this.#show(
      "Delete API key?",
      [el("p", {}, `${effect} ${used}`)],
      [
        ["Cancel", back],
        [
          "Delete",
          async () => {
            await call("DELETE", `/${key.tag}`);
            this.#details(
              { keys: keys.filter((other) => other !== key), policy },
              done("The API key was deleted."),
            );
          },
          "danger",
        ],
      ],
    );
  }
}

customElements.define("api-key-menu", ApiKeyMenu);
