/**
 * <api-key-menu>: a profile icon with a menu. In it the logged-in user adds, views, edits, reissues
 * and deletes their own API key. docs/page.md tells what hosts can rely on.
 */
import { expiry, facts, isExpired, mayTryToAdd } from "./assets/details.js";
import { Dialog } from "./assets/dialog.js";
import { done, el, focused, icon, warning } from "./assets/dom.js";
import { keepDraft, resume } from "./assets/draft.js";
import { KeysElement } from "./assets/element.js";
import { KeyDialogs } from "./assets/key-dialogs.js";
import { recovery } from "./assets/recovery.js";
import { style } from "./assets/style.js";

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
    { class: "menu", part: "menu", popover: "auto" },
    this.#items,
    el("div", { class: "host" }, el("slot")),
  );
  #dialog = this.#newDialog();
  #dialogs = new KeyDialogs(this.#dialog, this.keys, () => this.getAttribute("api-url"));
  #returnTo = this.#toggle; // gets the focus when the dialog is closed
  #looksForExpiry = false;
  #listed = []; // the keys, as far as they are known

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style];
    root.append(this.#toggle, this.#menu, this.#dialog.element);
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

  #newDialog() {
    const menu = this;
    return new Dialog({
      get words() {
        return menu.spoken;
      },
      recovery: (problem) => menu.#recovery(problem),
      gone: async (problem) =>
        menu.#details(await menu.keys.state(), warning(problem.text(menu.spoken), "alert")),
      closed: () => {
        menu.#returnTo?.focus();
        menu.#returnTo = menu.#toggle;
      },
    });
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("scroll", this.#hideMenu, { passive: true });
    addEventListener("resize", this.#hideMenu);
    this.#dialog.connect();
    const open = (draft, state) => this.#openDraft(draft, state);
    resume(this, this.#dialog, () => this.#begin(), open);
    this.#lookForExpiry();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("scroll", this.#hideMenu);
    removeEventListener("resize", this.#hideMenu);
    this.#dialog.disconnect();
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

  // For hosts

  openAdd() {
    return this.#open("add.title", (state) =>
      mayTryToAdd(state)
        ? this.#dialogs.add(state, this.#next(state))
        : this.#details(state, warning(this.#whyNoMore(state))),
    );
  }

  openDetails() {
    return this.#open("details.title", (state) => this.#details(state));
  }

  async #open(title, goOn) {
    if (this.#dialog.element.open) {
      return; // it may hold a key that nobody has copied yet
    }
    this.#returnTo = focused();
    await this.speaking;
    await this.#dialog.load(
      this.spoken.text(title, { count: 1 }),
      this.spoken.text("menu.loading"),
      () => this.#begin(),
      goOn,
    );
  }

  /** Loads the keys of whoever is logged in now. */
  async #begin() {
    const state = await this.keys.load();
    this.keys.owner = state.owner;
    this.changed(() => state.keys);
    return state;
  }

  // What the icon tells of the keys

  #lookForExpiry() {
    if (this.isConnected && this.hasAttribute("show-expiry") && !this.#looksForExpiry) {
      this.#looksForExpiry = true;
      const look = () => this.#begin().catch(() => {}); // the menu will say why
      window.requestIdleCallback ? requestIdleCallback(look) : setTimeout(look, 200);
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

  #openDraft({ view, tag }, state) {
    const key = state.keys.find((one) => one.tag === tag);
    if (view === "add" && mayTryToAdd(state)) {
      this.#dialogs.add(state, this.#next(state));
    } else if (key) {
      this.#dialogs[view](key, state.policy, this.#next(state));
    } else {
      this.#details(state);
    }
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
      state = await this.keys.load();
      entries = this.#entries(state);
    } catch (problem) {
      entries = [
        el("p", { class: "error", role: "alert" }, problem.text(this.spoken)),
        ...this.#recovery(problem).map(([text, action]) => this.#dialog.button(text, action)),
      ];
    }
    if (status.isConnected) {
      // else the menu was reopened meanwhile
      this.keys.owner = state?.owner ?? "";
      this.changed(() => state?.keys ?? []);
      this.#items.replaceChildren(...entries);
      this.#place();
    }
  }

  #entries(state) {
    const { keys, policy } = state;
    const entry = (name, action) =>
      el(
        "button",
        { type: "button", part: "entry", onclick: action },
        this.spoken.text(`menu.${name}`),
      );
    const expired = keys.filter(isExpired);
    const next = { ...this.#next(state), back: this.#dialog.close };
    const hasExpired = () => this.spoken.text("menu.expired", { count: keys.length });
    return [
      expired.length > 0 && el("p", {}, hasExpired()),
      mayTryToAdd(state)
        ? entry("add", () => this.#dialogs.add(state, this.#next(state)))
        : el("p", {}, this.#whyNoMore(state)),
      keys.length > 0 && entry("details", () => this.#details(state)),
      expired.length === 1 &&
        entry("reissueExpired", () => this.#dialogs.reissue(expired[0], policy, next)),
      expired.length === 1 && entry("deleteExpired", () => this.#dialogs.delete(expired[0], next)),
    ].filter(Boolean);
  }

  #whyNoMore({ policy }) {
    return this.spoken.text("add.full", { count: policy.maxKeys });
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

  // The dialog of one's keys, and what comes after a change of one

  #recovery(problem) {
    const showKeys = () =>
      this.#dialog.load(
        this.spoken.text("details.title", { count: 1 }),
        this.spoken.text("menu.loading"),
        () => this.keys.state(),
        (state) => this.#details(state),
      );
    const keep = () => keepDraft({ element: this.localName, owner: this.keys.owner }, this.#dialog);
    return recovery(this, this.spoken, problem, { showKeys, keep });
  }

  #next({ keys, policy }) {
    return {
      back: () => this.#details({ keys, policy }),
      edited: (before, after) =>
        this.#details(
          { keys: keys.map((key) => (key === before ? after : key)), policy },
          done(this.spoken.text("details.saved")),
        ),
      deleted: (gone) =>
        this.#details(
          { keys: keys.filter((key) => key !== gone), policy },
          done(this.spoken.text("details.deleted")),
        ),
    };
  }

  #details(state, notice = "") {
    const { keys } = state;
    this.#dialog.show(
      // no key has the singular's title, too
      this.spoken.text("details.title", { count: Math.max(1, keys.length) }),
      [
        notice,
        ...keys.map((key) => this.#section(key, state)),
        ...(keys.length === 0 ? [el("p", {}, this.spoken.text("details.none"))] : []),
      ],
      [
        ...(mayTryToAdd(state)
          ? [[this.spoken.text("menu.add"), () => this.#dialogs.add(state, this.#next(state))]]
          : []),
        [this.spoken.text("close"), this.#dialog.close],
      ],
    );
  }

  #section(key, state) {
    const { policy } = state;
    const next = this.#next(state);
    const button = (name, action, kind) =>
      this.#dialog.button(this.spoken.text(name), action, kind);
    return el(
      "section",
      { "aria-label": this.spoken.text("details.key", { hint: key.hint }) },
      el("h3", {}, key.hint),
      ...(isExpired(key) ? [warning(this.spoken.text("details.hasExpired"))] : []),
      facts(this.spoken, key, policy.scopes),
      el(
        "div",
        { class: "buttons" },
        button("edit", () => this.#dialogs.edit(key, policy, next)),
        button("reissue", () => this.#dialogs.reissue(key, policy, next)),
        button("delete", () => this.#dialogs.delete(key, next), "danger"),
      ),
    );
  }
}

customElements.define("api-key-menu", ApiKeyMenu);
