/**
 * <api-key-list>: the logged-in user's API keys as a part of a page, and what can be done with them.
 * docs/page.md tells what hosts can rely on.
 */
import { baseStyle } from "./assets/common/base-style.js";
import { Dialog } from "./assets/dialogs/dialog.js";
import { done, el, isolated, warning } from "./assets/common/dom.js";
import { keepDraft, resume } from "./assets/dialogs/draft.js";
import { changes, KeysElement } from "./assets/common/element.js";
import { KeyDialogs } from "./assets/dialogs/key-dialogs.js";
import { mayTryToAdd } from "./assets/common/keys.js";
import { keyView } from "./assets/list/key-view.js";
import { KeyTable } from "./assets/list/key-table.js";
import { found, sorted } from "./assets/list/order.js";
import { listStyle } from "./assets/list/style.js";
import { recovery } from "./assets/dialogs/recovery.js";
import { Problem } from "./assets/common/rest.js";
import { dialogStyle } from "./assets/dialogs/style.js";

class ApiKeyList extends KeysElement {
  #owner = el("p", { class: "muted", part: "owner" });
  #top = el("div", { class: "toolbar", part: "toolbar" });
  #notice = el("div");
  #search = el("input", { type: "search", id: "search", autocomplete: "off" });
  #body = el("div");
  #main = el("div", {}, this.#owner, this.#top, this.#notice, this.#body);
  #dialog = this.#newDialog();
  #dialogs = new KeyDialogs(this.#dialog, this.keys, () => this.getAttribute("api-url"));
  #state; // keys, policy and owner, once they are known
  #order = []; // the keys that are shown
  #sort = {};
  #table;
  #place; // tag, action and index of what the dialog is about, which gets the focus afterwards

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [baseStyle, dialogStyle, listStyle];
    root.append(this.#main, this.#dialog.element, el("slot"));
    this.#search.addEventListener("input", () => this.#arrange());
  }

  #newDialog() {
    const list = this;
    return new Dialog({
      get words() {
        return list.spoken;
      },
      recovery: (problem) => list.#recovery(problem),
      gone: async (problem) => {
        list.#take(await list.keys.state());
        list.#close(warning(problem.text(list.spoken), "alert"));
      },
      closed: () => list.#focus(),
    });
  }

  connectedCallback() {
    super.connectedCallback();
    this.#dialog.connect();
    addEventListener("beforeprint", this.#beforePrint);
    changes.forEach((change) => document.addEventListener(change, this.#changedElsewhere));
    this.#begin();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#dialog.disconnect();
    removeEventListener("beforeprint", this.#beforePrint);
    changes.forEach((change) => document.removeEventListener(change, this.#changedElsewhere));
  }

  // What is known

  async #begin() {
    await this.speaking;
    // Where the owner will be named, so that nothing moves when the keys are there.
    const status = el("span", { role: "status" }, this.spoken.text("list.loading"));
    this.#owner.replaceChildren(status);
    if (await this.#load()) {
      const open = (draft) => this.#openDraft(draft);
      await resume(this, this.#dialog, async () => this.#state, open);
    }
  }

  /** Returns whether the keys could be loaded; else says why not. */
  async #load() {
    try {
      const state = await this.keys.load();
      if (this.#dialog.element.open && this.keys.isOther(state.owner)) {
        return false; // the dialog is the former user's, and must not act for the new one
      }
      this.keys.owner = state.owner;
      this.#take(state);
      return true;
    } catch (problem) {
      if (!(problem instanceof Problem)) {
        throw problem;
      }
      this.#owner.replaceChildren();
      this.#body.replaceChildren(this.#failure(problem));
      return false;
    }
  }

  #failure(problem) {
    const button = (text, action) => el("button", { type: "button", onclick: action }, text);
    const retry = [this.spoken.text("list.retry"), () => this.#load()];
    const actions = problem.type === "not-logged-in" ? this.#recovery(problem) : [retry];
    return el(
      "div",
      { class: "note failure", role: "alert" },
      problem.text(this.spoken),
      ...actions.map(([text, action]) => button(text, action)),
    );
  }

  #take(state) {
    this.#state = state;
    this.#arrange();
  }

  #changedElsewhere = async (event) => {
    if (event.composedPath()[0] !== this) {
      this.keys.outdate();
      if (this.#state) {
        await this.#load();
      }
    }
  };

  #beforePrint = () => this.#table?.showAll();

  changed(keys) {
    if (!this.#state) {
      return;
    }
    const before = this.#state.keys;
    this.#state = { ...this.#state, keys: keys(before) };
    const order = keys(this.#order);
    const isAdded = order.length > this.#order.length;
    this.#order = isAdded ? [order.at(-1), ...order.slice(0, -1)] : order;
    if (isAdded) {
      this.#place = { tag: order.at(-1).tag, index: 0 };
    } else if (this.#place) {
      this.#keepPlace(before);
    }
    this.#show(false);
  }

  /** A key that was reissued has another tag, and is at the same place. */
  #keepPlace(before) {
    const { tag, action } = this.#place;
    const index = before.findIndex((key) => key.tag === tag);
    const after = this.#state.keys[index];
    if (action === "reissue" && after) {
      this.#table?.rename(tag, after);
      this.#place.tag = after.tag;
    }
  }

  // What is shown

  speak() {
    this.#main.lang = this.spoken.language;
    this.#main.dir = this.spoken.direction;
    this.#table = undefined;
    if (this.#state) {
      this.#show(true);
    }
  }

  /** Sorts and searches anew. Changes alone do not, so that a row stays where the eye is. */
  #arrange() {
    const { keys } = this.#state;
    const text = keys.length > 1 ? this.#search.value : "";
    this.#order = sorted(this.spoken, found(keys, text), this.#sort);
    this.#show(true);
  }

  #show(fromTheBegin) {
    const { keys } = this.#state;
    this.#showTop();
    if (keys.length > 1) {
      this.#table ??= new KeyTable(this.#view(), (column) => this.#sortBy(column));
      this.#table.show(this.#order, this.#sort, fromTheBegin);
      if (!this.#table.element.isConnected) {
        this.#body.replaceChildren(this.#table.element);
      }
    } else {
      this.#table = undefined;
      this.#body.replaceChildren(keys.length === 1 ? this.#card(keys[0]) : this.#first());
    }
  }

  #view() {
    const { policy } = this.#state;
    return {
      words: this.spoken,
      keys: this.keys,
      policy,
      run: (action, key) => this.#run(action, key),
      has: (tag) => this.#state.keys.some((key) => key.tag === tag),
    };
  }

  #sortBy(column) {
    const isDescending = this.#sort.column === column && !this.#sort.isDescending;
    this.#sort = { column, isDescending };
    this.#arrange();
  }

  #showTop() {
    const { keys, policy, owner } = this.#state;
    const { spoken } = this;
    const count = { used: spoken.number(keys.length), count: policy.maxKeys };
    const shown = { count: this.#order.length };
    const isSearched = keys.length > 1 && this.#search.value.trim() !== "";
    const line = (text, attributes) => el("p", { class: "muted", ...attributes }, text);
    this.#owner.textContent = owner ? spoken.text("list.owner", { owner: isolated(owner) }) : "";
    const parts = [
      mayTryToAdd(this.#state)
        ? keys.length > 0 && this.#addButton()
        : line(spoken.text("add.full", { count: policy.maxKeys }), {
            class: "muted why",
            tabindex: -1,
          }),
      policy.maxKeys > 1 && line(spoken.text("list.count", count), { part: "count" }),
      keys.length > 1 && this.#searchField(),
      isSearched && line(spoken.text("list.found", shown), { role: "status" }),
    ];
    this.#replaceTop(parts.filter(Boolean));
  }

  /** Leaves the search field where it is, or it would lose the focus. */
  #replaceTop(parts) {
    const search = this.#top.querySelector(".search");
    const at = parts.findIndex((part) => part.className === "search");
    if (search && at >= 0) {
      [...this.#top.children].filter((one) => one !== search).forEach((one) => one.remove());
      search.firstChild.textContent = parts[at].firstChild.textContent;
      search.before(...parts.slice(0, at));
      search.after(...parts.slice(at + 1));
    } else {
      this.#top.replaceChildren(...parts);
    }
  }

  #searchField() {
    const label = el("label", { for: "search" }, this.spoken.text("list.search"));
    const place = el("div", { class: "search", role: "search" }, label);
    if (!this.#search.isConnected) {
      place.append(this.#search);
    }
    return place;
  }

  #addButton() {
    const onclick = () => this.#run("add");
    return el(
      "button",
      { type: "button", class: "primary", "data-action": "add", onclick },
      this.spoken.text("menu.add"),
    );
  }

  /** For somebody who has no key yet, and may not know what one is for. */
  #first() {
    const { spoken } = this;
    return el(
      "div",
      { class: "first" },
      el("strong", {}, spoken.text("list.first.title")),
      el("p", {}, spoken.text("list.first.what")),
      this.#addButton(),
    );
  }

  /** The only key needs no table. */
  #card(key) {
    return el(
      "section",
      { class: "card", part: "row", "aria-label": this.spoken.text("details.key", key) },
      el("strong", {}, el("bdi", { dir: "ltr" }, key.hint)),
      ...keyView(this.#view(), key),
    );
  }

  // What is done

  #run(action, key) {
    const index = this.#order.indexOf(key);
    const state = this.#state;
    this.#notice.replaceChildren();
    this.#place = { tag: key?.tag, action, index };
    if (action === "add") {
      this.#dialogs.add(state, this.#next());
    } else if (action === "delete") {
      this.#dialogs.delete(key, this.#next());
    } else {
      this.#dialogs[action](key, state.policy, this.#next());
    }
  }

  #next() {
    return {
      back: this.#dialog.close,
      edited: () => this.#close(done(this.spoken.text("details.saved"))),
      deleted: () => this.#close(done(this.spoken.text("details.deleted"))),
    };
  }

  #close(notice) {
    this.#notice.replaceChildren(notice);
    this.#dialog.close();
  }

  #focus() {
    const place = this.#place ?? {};
    const button = this.#main.querySelector(`[data-action=${place.action ?? "add"}]`);
    if (this.#table && place.index >= 0 && this.#order.length > 0) {
      this.#table.focus(place);
    } else {
      (button ?? this.#main.querySelector("[data-action]"))?.focus();
    }
    this.#place = undefined;
  }

  #openDraft({ view, tag }) {
    const key = this.#state.keys.find((one) => one.tag === tag);
    if (key || (view === "add" && mayTryToAdd(this.#state))) {
      this.#run(view, key);
    } else {
      this.#dialog.fillInNext();
    }
  }

  #recovery(problem) {
    const showKeys = async () => {
      this.#take(await this.keys.state());
      this.#dialog.close();
    };
    const keep = () => keepDraft({ element: this.localName, owner: this.keys.owner }, this.#dialog);
    return recovery(this, this.spoken, problem, { showKeys, keep });
  }

  // For hosts

  async openAdd() {
    await this.#ready();
    if (!this.#state || this.#dialog.element.open) {
      return; // the page says why, or it may hold a key that nobody has copied yet
    }
    if (mayTryToAdd(this.#state)) {
      this.#run("add");
    } else {
      this.#top.querySelector(".why").focus();
    }
  }

  async openDetails() {
    await this.#ready();
    const [key] = this.#order;
    if (this.#table && key) {
      this.#table.open(key);
      this.#table.focus({ tag: key.tag, index: 0 });
    } else {
      this.#main.querySelector("[data-action]")?.focus();
    }
  }

  async #ready() {
    await this.speaking;
    if (!this.#state) {
      await this.#load();
    }
  }
}

customElements.define("api-key-list", ApiKeyList);
