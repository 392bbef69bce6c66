/**
 * <api-key-menu>: a profile icon with a menu. In it the logged-in user adds, views, edits, reissues
 * and deletes their own API key. docs/page.md tells what hosts can rely on.
 */
import { baseStyle } from "./assets/common/base-style.js";
import { el, focused, icon } from "./assets/common/dom.js";
import { changes, keysAfter, KeysElement } from "./assets/common/element.js";
import { expiry, isExpired, mayTryToAdd } from "./assets/common/keys.js";
import { menuStyle } from "./assets/menu/menu-style.js";
import { Problem } from "./assets/common/rest.js";

const profileIcon =
  "M12 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm0 2c-4.6 0-8.5 2.6-8.5 6V21h17v-1.5c0-3.4-3.9-6-8.5-6Z";

class ApiKeyMenu extends KeysElement {
  static observedAttributes = ["show-expiry"];

  #mark = el("span", { class: "mark", part: "badge", "aria-hidden": "true", hidden: true }, "!");
  #toggle = el(
    "button",
    { class: "icon", part: "icon", "aria-expanded": "false" },
    el("slot", { name: "icon" }, icon(profileIcon)),
    this.#mark,
  );
  #items = el("div", { class: "own" });
  #menu = el(
    "div",
    { class: "menu surface", part: "menu", popover: "auto" },
    this.#items,
    el("div", { class: "host" }, el("slot")),
  );
  #views; // the dialogs, once they are loaded
  #loading;
  #returnTo = this.#toggle; // gets the focus when the dialog is closed
  #looksForExpiry = false;
  #listed = []; // the keys, as far as they are known

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [baseStyle, menuStyle];
    root.append(this.#toggle, this.#menu);
    this.#toggle.popoverTargetElement = this.#menu;
    this.#menu.addEventListener("beforetoggle", (event) => this.#menuToggles(event));
    this.#menu.addEventListener("click", ({ target }) => {
      if (target.closest("a[href], button")) {
        this.#menu.hidePopover();
      }
    });
    root.addEventListener("keydown", (event) => this.#keyPressed(event));
    this.speak();
  }

  /** Loads the dialogs, which most visits to a page do without. */
  #load() {
    this.#loading ??= import("./assets/dialogs/menu-views.js").then(
      ({ MenuViews }) => {
        this.#views = new MenuViews(this, () => this.#closed());
        if (this.isConnected) {
          this.#views.connect();
        }
        return this.#views;
      },
      () => {
        this.#loading = undefined;
        throw new Problem({ type: "no-answer" });
      },
    );
    return this.#loading;
  }

  #closed() {
    this.#returnTo?.focus();
    this.#returnTo = this.#toggle;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("scroll", this.#hideMenu, { passive: true });
    addEventListener("resize", this.#hideMenu);
    changes.forEach((change) => document.addEventListener(change, this.#changedElsewhere));
    this.#views?.connect();
    if (hasDraft()) {
      this.#load().then((views) => views.resume());
    }
    this.#lookForExpiry();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("scroll", this.#hideMenu);
    removeEventListener("resize", this.#hideMenu);
    changes.forEach((change) => document.removeEventListener(change, this.#changedElsewhere));
    this.#views?.disconnect();
  }

  attributeChangedCallback() {
    this.#lookForExpiry();
  }

  speak() {
    this.#toggle.setAttribute("aria-label", this.spoken.text("menu.profile"));
    for (const element of [this.#toggle, this.#items]) {
      element.lang = this.spoken.language;
      element.dir = this.spoken.direction;
    }
    this.#showExpiry();
  }

  changed(keys) {
    this.#listed = keys(this.#listed);
    this.#showExpiry();
  }

  /** Administrators change others' keys, too. */
  #changedElsewhere = (event) => {
    const { type, detail } = event;
    this.keys.outdate();
    if (event.composedPath()[0] !== this && detail.key.owner === this.keys.owner) {
      this.changed(keysAfter(type, detail));
    }
  };

  // For hosts

  openAdd() {
    return this.#open("add.title", (views, state) => views.add(state));
  }

  openDetails() {
    return this.#open("details.title", (views, state) => views.details(state));
  }

  async #open(title, goOn) {
    const returnTo = focused();
    const [views] = await Promise.all([this.#load(), this.speaking]);
    if (!views.isOpen) {
      // else it may hold a key that nobody has copied yet
      this.#returnTo = returnTo;
      await views.open(title, (state) => goOn(views, state));
    }
  }

  /** Loads the keys of whoever is logged in now. For the element itself, not for hosts. */
  async begin() {
    const state = await this.keys.load();
    this.#begin(state);
    return state;
  }

  #begin(state) {
    this.keys.owner = state.owner;
    this.changed(() => state.keys);
  }

  /** An open dialog is the former user's, and must not act for the one who has logged in since. */
  #take(state) {
    if (!(this.#views?.isOpen && this.keys.isOther(state.owner))) {
      this.#begin(state);
    }
  }

  // What the icon tells of the keys

  #lookForExpiry() {
    if (this.isConnected && this.hasAttribute("show-expiry") && !this.#looksForExpiry) {
      this.#looksForExpiry = true;
      const look = async () => this.#take(await this.keys.load());
      const tryTo = () => look().catch(() => {}); // the menu will say why
      window.requestIdleCallback ? requestIdleCallback(tryTo) : setTimeout(tryTo, 200);
    }
  }

  #showExpiry() {
    const kinds = this.#listed.map(expiry);
    const kind = ["expired", "soon"].find((one) => kinds.includes(one));
    this.#mark.hidden = !kind;
    this.#toggle.title = kind
      ? this.spoken.text(`menu.${kind}`, { count: this.#listed.length })
      : "";
  }

  #hideMenu = () => this.#menu.hidePopover();

  // The menu

  #menuToggles({ newState }) {
    const opens = newState === "open";
    this.#toggle.setAttribute("aria-expanded", opens);
    if (!opens) {
      return;
    }
    const status = el("p", { role: "status" }, this.spoken.text("menu.loading"));
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
      const loading = this.keys.load();
      loading.catch(() => {}); // it is told below, with what helps: for that, the dialogs come first
      const views = await this.#load();
      state = await loading;
      entries = this.#entries(views, state);
    } catch (problem) {
      entries = [
        el("p", { class: "error", role: "alert" }, problem.text(this.spoken)),
        ...(this.#views?.helpAfter(problem) ?? []),
      ];
    }
    if (status.isConnected) {
      // else the menu was reopened meanwhile
      if (state) {
        this.#take(state);
      }
      this.#items.replaceChildren(...entries);
      this.#place();
    }
  }

  #entries(views, state) {
    const { keys, policy } = state;
    const entry = (name, action) =>
      el(
        "button",
        { type: "button", part: "entry", onclick: action },
        this.spoken.text(`menu.${name}`),
      );
    const text = (name, count, kind) => el("p", { class: kind }, this.spoken.text(name, { count }));
    const expired = keys.filter(isExpired);
    const mayAdd = mayTryToAdd(state);
    return [
      expired.length > 0 && text("menu.expired", keys.length),
      mayAdd && entry("add", () => views.add(state)),
      keys.length > 0 && entry("details", () => views.details(state)),
      expired.length === 1 && entry("reissueExpired", () => views.reissue(expired[0], state)),
      expired.length === 1 && entry("deleteExpired", () => views.delete(expired[0], state)),
      !mayAdd && text("add.full", policy.maxKeys, "hint"),
    ].filter(Boolean);
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
}

/** Storage may be forbidden. */
function hasDraft() {
  try {
    return sessionStorage.getItem("latchkey-draft") !== null;
  } catch {
    return false;
  }
}

customElements.define("api-key-menu", ApiKeyMenu);
