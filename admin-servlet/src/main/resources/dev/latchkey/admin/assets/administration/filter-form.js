import { el, field, option } from "../common/dom.js";
import { days, filtersOf, isDay, mayBeKey } from "./address.js";

const statuses = ["active", "expired"];
const actions = [
  "key.added",
  "key.edited",
  "key.reissued",
  "key.deleted",
  "key.revoked",
  "owner.disabled",
  "owner.enabled",
  "owner.deleted",
];
const choices = { status: statuses, action: actions };
const always = 2; // of each view's filters are shown without a press

/** The form with the filters of a view. */
export class FilterForm {
  #words;
  #names;
  #controls;
  element;

  /**
   * @param filter what is set, as the page's URL has it
   * @param search(filter) runs on Search, and with nothing on Clear
   */
  constructor(words, view, filter, search) {
    this.#words = words;
    this.#names = filtersOf[view];
    this.#controls = Object.fromEntries(
      this.#names.map((name) => [name, this.#control(name, filter[name] ?? "")]),
    );
    const fields = this.#names.map((name) =>
      field(words.text(`admin.filter.${name}`), `filter-${name}`, this.#controls[name]),
    );
    const isMoreSet = this.#names.slice(always).some((name) => filter[name]);
    this.element = el(
      "form",
      {
        class: "filters",
        novalidate: true,
        role: "search",
        "aria-label": words.text("admin.filters"),
      },
      el("div", { class: "grid" }, ...fields.slice(0, always)),
      el(
        "details",
        { open: isMoreSet },
        el("summary", {}, words.text("admin.filters.more")),
        el("div", { class: "grid" }, ...fields.slice(always)),
      ),
      el(
        "div",
        { class: "buttons" },
        el("button", { type: "submit", class: "primary" }, words.text("admin.filters.search")),
        el(
          "button",
          { type: "button", onclick: () => search({}) },
          words.text("admin.filters.clear"),
        ),
      ),
    );
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#isReadable()) {
        search(this.#filter());
      }
    });
  }

  #control(name, value) {
    if (Object.hasOwn(choices, name)) {
      const known = choices[name];
      return el(
        "select",
        {},
        option("", this.#words.text("admin.filter.any"), value === ""),
        ...known.map((choice) =>
          option(choice, this.#words.text(`admin.${name}.${choice}`), choice === value),
        ),
        ...(value && !known.includes(value) ? [option(value, value, true)] : []),
      );
    }
    const isDate = days.has(name) && (value === "" || isDay(value));
    return el("input", {
      type: isDate ? "date" : "text",
      value,
      dir: isDate ? undefined : "auto",
      autocomplete: "off",
      spellcheck: "false",
    });
  }

  #filter() {
    return Object.fromEntries(
      this.#names.map((name) => [name, this.#controls[name].value]).filter(([, text]) => text),
    );
  }

  /**
   * Tells the user about a date that is half typed, which would be no filter at all, and about a key
   * in the place of its hint, which must get into no URL.
   */
  #isReadable() {
    const errors = [];
    for (const name of this.#names) {
      const control = this.#controls[name];
      if (control.validity.badInput) {
        errors.push({ field: name, text: this.#words.text("admin.filters.noDate") });
      } else if (mayBeKey(control.value)) {
        control.value = "";
        errors.push({ field: name, text: this.#words.text("admin.filters.isKey") });
      }
    }
    return !this.showErrors(errors);
  }

  /** Shows errors beside their fields, and returns whether there is a field for one. */
  showErrors(errors) {
    let first;
    for (const name of this.#names) {
      const control = this.#controls[name];
      const error = errors.find(({ field }) => field === name);
      const text = this.element.querySelector(`#filter-${name}-error`);
      text.hidden = !error;
      if (error) {
        const { message = "" } = error;
        text.textContent =
          error.text ?? this.#words.text("error.value", { message: message.replace(/\.$/, "") });
        control.setAttribute("aria-invalid", "true");
        first ??= control;
      } else {
        control.removeAttribute("aria-invalid");
      }
    }
    if (first) {
      this.element.querySelector("details").open ||= Boolean(first.closest("details"));
      first.focus();
    }
    return Boolean(first);
  }
}
