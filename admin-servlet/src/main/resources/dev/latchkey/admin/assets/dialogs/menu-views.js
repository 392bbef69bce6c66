import { facts } from "./details.js";
import { Dialog } from "./dialog.js";
import { done, el, warning } from "../common/dom.js";
import { keepDraft, resume } from "./draft.js";
import { KeyDialogs } from "./key-dialogs.js";
import { isExpired, mayTryToAdd } from "../common/keys.js";
import { recovery } from "./recovery.js";
import { dialogStyle } from "./style.js";

/** The dialogs of the menu: one's keys, and what is done with them. Loaded when they are needed. */
export class MenuViews {
  #menu;
  #dialog;
  #dialogs;

  /**
   * @param menu the element, which loads the keys by begin()
   * @param closed runs when the dialog was closed
   */
  constructor(menu, closed) {
    this.#menu = menu;
    this.#dialog = new Dialog({
      get words() {
        return menu.spoken;
      },
      recovery: (problem) => this.#recovery(problem),
      gone: async (problem) =>
        this.details(await menu.keys.state(), warning(problem.text(menu.spoken), "alert")),
      closed,
    });
    this.#dialogs = new KeyDialogs(this.#dialog, menu.keys, () => menu.getAttribute("api-url"));
    menu.shadowRoot.adoptedStyleSheets.push(dialogStyle);
    menu.shadowRoot.append(this.#dialog.element);
  }

  connect() {
    this.#dialog.connect();
  }

  disconnect() {
    this.#dialog.disconnect();
  }

  get isOpen() {
    return this.#dialog.element.open;
  }

  #text(name, parameters) {
    return this.#menu.spoken.text(name, parameters);
  }

  /** Loads the keys, and goes on with them. */
  open(title, goOn) {
    return this.#load(title, () => this.#menu.begin(), goOn);
  }

  #load(title, load, goOn) {
    const text = this.#text("menu.loading");
    return this.#dialog.load(this.#text(title, { count: 1 }), text, load, goOn);
  }

  /** Opens the dialog again in which the login was found to have ended. */
  resume() {
    return resume(
      this.#menu,
      this.#dialog,
      () => this.#menu.begin(),
      ({ view, tag }, state) => {
        const key = state.keys.find((one) => one.tag === tag);
        if (view === "add" && mayTryToAdd(state)) {
          this.add(state);
        } else if (key) {
          this.#dialogs[view](key, state.policy, this.#next(state));
        } else {
          this.#dialog.fillInNext(); // with nothing
          this.details(state);
        }
      },
    );
  }

  /** Adds a key, or says why there may be no more. */
  add(state) {
    if (mayTryToAdd(state)) {
      this.#dialogs.add(state, this.#next(state));
    } else {
      this.details(state, warning(this.#text("add.full", { count: state.policy.maxKeys })));
    }
  }

  /** Reissues a key that has expired. */
  reissue(key, state) {
    this.#dialogs.reissue(key, state.policy, { ...this.#next(state), back: this.#dialog.close });
  }

  delete(key, state) {
    this.#dialogs.delete(key, { ...this.#next(state), back: this.#dialog.close });
  }

  /** Returns buttons that help after a problem. */
  helpAfter(problem) {
    return this.#recovery(problem).map(([text, action]) => this.#dialog.button(text, action));
  }

  #recovery(problem) {
    const { keys } = this.#menu;
    const showKeys = () =>
      this.#load(
        "details.title",
        () => keys.state(),
        (state) => this.details(state),
      );
    const of = { element: this.#menu.localName, owner: keys.owner };
    const keep = () => keepDraft(of, this.#dialog);
    return recovery(this.#menu, this.#menu.spoken, problem, { showKeys, keep });
  }

  // What comes after a change

  #next({ keys, policy }) {
    return {
      back: () => this.details({ keys, policy }),
      edited: (before, after) =>
        this.details(
          { keys: keys.map((key) => (key === before ? after : key)), policy },
          done(this.#text("details.saved")),
        ),
      deleted: (gone) =>
        this.details(
          { keys: keys.filter((key) => key !== gone), policy },
          done(this.#text("details.deleted")),
        ),
    };
  }

  /** Shows one's keys. */
  details(state, notice = "") {
    const { keys } = state;
    this.#dialog.show(
      // no key has the singular's title, too
      this.#text("details.title", { count: Math.max(1, keys.length) }),
      [
        notice,
        ...keys.map((key) => this.#section(key, state)),
        ...(keys.length === 0 ? [el("p", {}, this.#text("details.none"))] : []),
      ],
      [
        ...(mayTryToAdd(state) ? [[this.#text("menu.add"), () => this.add(state)]] : []),
        [this.#text("close"), this.#dialog.close],
      ],
    );
  }

  #section(key, state) {
    const { policy } = state;
    const next = this.#next(state);
    const button = (name, action, kind) => this.#dialog.button(this.#text(name), action, kind);
    return el(
      "section",
      { "aria-label": this.#text("details.key", { hint: key.hint }) },
      el("h3", {}, key.hint),
      ...(isExpired(key) ? [warning(this.#text("details.hasExpired"))] : []),
      facts(this.#menu.spoken, key, policy.scopes),
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
