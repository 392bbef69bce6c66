import { el } from "../common/dom.js";
import { Problem } from "../common/rest.js";
import { asQuery } from "./address.js";
import { FilterForm } from "./filter-form.js";
import { pager } from "./pager.js";

/** A list with its filters and pages, as the page's URL says. */
export class ListPanel {
  #page;
  #address;
  #kind;
  #form;
  #status = el("p", { role: "status", tabindex: -1 });
  #stop = el("button", { type: "button", hidden: true });
  #tools = el("div", { class: "buttons" });
  #failure = el("div", { class: "note failure", role: "alert", hidden: true });
  #list = el("div", { class: "list" });
  #pages = el("div");
  #turn = {}; // of loading: an answer that comes late is dropped
  element;

  /**
   * @param page its spoken words; go(change) shows something else; recovery(problem) returns
   *     [text, action] of what helps
   * @param kind what the list holds: load(query) returns {items, next}; show(items) returns a table;
   *     tools(items) returns buttons; counted names how many there are
   */
  constructor(page, address, kind) {
    this.#page = page;
    this.#address = address;
    this.#kind = kind;
    const search = (filter) => page.go({ filter, cursor: "", before: [] });
    this.#stop.textContent = page.spoken.text("admin.stop");
    this.#form = new FilterForm(page.spoken, address.view, address.filter, search);
    this.element = el(
      "div",
      {},
      this.#form.element,
      el("div", { class: "found" }, this.#status, this.#stop, this.#tools),
      this.#failure,
      this.#list,
      this.#pages,
    );
  }

  /** Loads the list, again or for the first time. */
  load() {
    return this.run(() => this.#load());
  }

  async #load() {
    const turn = (this.#turn = {});
    this.#list.setAttribute("aria-busy", "true");
    this.#status.textContent = this.#page.spoken.text("admin.loading");
    try {
      const { items, next } = await this.#find(turn);
      if (turn === this.#turn) {
        this.#show(items, next);
      }
    } catch (problem) {
      if (turn === this.#turn) {
        this.#status.textContent = "";
        throw problem;
      }
    } finally {
      if (turn === this.#turn) {
        this.#stop.hidden = true;
        this.#list.removeAttribute("aria-busy");
      }
    }
  }

  /** Drops what is still to come: something else is shown. */
  abandon() {
    this.#turn = {};
  }

  /** A page may be empty though others are not: goes on to the first that holds something. */
  async #find(turn) {
    let { cursor } = this.#address;
    let isStopped = false;
    this.#stop.onclick = () => {
      isStopped = true;
    };
    for (;;) {
      const { limit, filter } = this.#address;
      const page = { ...(limit && { limit }), ...(cursor && { cursor }) };
      const found = await this.#kind.load({ ...asQuery(filter), ...page });
      if (found.items.length > 0 || !found.next || isStopped || turn !== this.#turn) {
        return found;
      }
      cursor = found.next;
      this.#status.textContent = this.#page.spoken.text("admin.looking");
      this.#stop.hidden = false;
    }
  }

  #show(items, next) {
    const { spoken: words } = this.#page;
    this.#status.textContent = words.text(this.#kind.counted, { count: items.length });
    const { activeElement } = this.element.getRootNode();
    this.#tools.replaceChildren(...this.#kind.tools(items, this));
    this.#list.replaceChildren(...(items.length > 0 ? [this.#kind.show(items)] : []));
    this.#pages.replaceChildren(pager(words, this.#address, next, this.#page.go));
    if (activeElement && !activeElement.isConnected) {
      this.focus();
    }
  }

  /** Puts the focus where it is said what was found. */
  focus() {
    this.#status.focus();
  }

  /** Says that something was done. */
  say(text) {
    this.#status.textContent = text;
  }

  /** Runs something, and tells of what goes wrong, until it is tried again. */
  async run(action) {
    if (this.#failure.contains(this.element.getRootNode().activeElement)) {
      this.focus();
    }
    this.#failure.hidden = true;
    try {
      await action();
    } catch (problem) {
      this.#showProblem(problem, () => this.run(action));
    }
  }

  #showProblem(problem, again) {
    if (!(problem instanceof Problem)) {
      throw problem;
    }
    if (this.#form.showErrors(problem.errors)) {
      return;
    }
    const { spoken: words } = this.#page;
    const ways = this.#page.recovery(problem);
    const helpful = ways.length > 0 ? ways : [[words.text("admin.again"), again]];
    this.#failure.replaceChildren(
      el("span", {}, problem.text(words)),
      ...helpful.map(([text, onclick]) => el("button", { type: "button", onclick }, text)),
    );
    this.#failure.hidden = false;
  }
}
