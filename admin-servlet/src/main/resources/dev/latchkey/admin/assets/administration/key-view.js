import { facts } from "../dialogs/details.js";
import { el, warning } from "../common/dom.js";
import { Problem } from "../common/rest.js";
import { eventList } from "./event-table.js";

const shown = "20"; // of a key's events

/** What is below a key's row while it is open: all that is known of it, and what can be done. */
export class KeyView {
  #words;
  #keys;
  #login;
  #actions;

  /**
   * @param login who administers, and whether they may issue keys
   * @param actions edit, reissue, delete(key), openOwner(name) and showEvents(filter)
   */
  constructor(words, keys, login, actions) {
    this.#words = words;
    this.#keys = keys;
    this.#login = login;
    this.#actions = actions;
  }

  content(key) {
    const { edit, reissue, delete: remove, openOwner } = this.#actions;
    const button = (name, action, kind) =>
      el("button", { type: "button", class: kind, onclick: action }, this.#words.text(name));
    const history = el("div", { class: "events-of-key" });
    this.#load(key, history);
    return [
      el(
        "div",
        { class: "columns" },
        el("div", {}, facts(this.#words, key, this.#login.policy.scopes)),
        el("div", {}, el("h2", {}, this.#words.text("admin.key.events")), history),
      ),
      el(
        "div",
        { class: "buttons" },
        button("edit", () => edit(key)),
        ...(this.#mayReissue(key) ? [button("reissue", () => reissue(key))] : []),
        button("delete", () => remove(key), "danger"),
        button("admin.key.owner", () => openOwner(key.owner)),
      ),
      ...(this.#mayReissue(key)
        ? []
        : [el("p", { class: "hint" }, this.#words.text("admin.narrow"))]),
    ];
  }

  /** Only issuers get the secret of another's key. */
  #mayReissue({ owner }) {
    return this.#login.issuer || owner === this.#login.administrator;
  }

  async #load(key, place) {
    place.append(el("p", { role: "status", class: "hint" }, this.#words.text("admin.loading")));
    try {
      const { events, next } = await this.#keys.events({ tag: key.tag, limit: shown });
      const all = el(
        "button",
        { type: "button", class: "link" },
        this.#words.text("admin.key.allEvents"),
      );
      all.addEventListener("click", () => this.#actions.showEvents({ tag: key.tag }));
      place.replaceChildren(
        events.length > 0
          ? eventList(this.#words, events)
          : el("p", { class: "hint" }, this.#words.text("admin.key.noEvents")),
        ...(next ? [all] : []),
      );
    } catch (problem) {
      if (!(problem instanceof Problem)) {
        throw problem;
      }
      place.replaceChildren(warning(problem.text(this.#words), "alert"));
    }
  }
}
