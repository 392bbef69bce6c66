import { el } from "../common/dom.js";
import { fillIn } from "./draft.js";
import { Problem } from "../common/rest.js";

/** Maps a request member to the control that shows its error. */
const fieldControls = {
  __proto__: null,
  expiresInDays: "#validity",
  scopes: "#rights",
  expiresAt: ".field:not([hidden]) > #last-day, #validity",
};

/** Most members have a control of their name; what is no name has none. */
const controlOf = (member) =>
  fieldControls[member] ?? (/^[a-z0-9]+$/i.test(member) ? `#${member}` : ":not(*)");

/** A modal dialog whose content changes: views, and what becomes of their buttons' actions. */
export class Dialog {
  /** To be put into the element's shadow root. */
  element = el("dialog", {
    class: "surface",
    part: "dialog",
    "aria-labelledby": "title",
    closedby: "none",
  });

  /**
   * The subject of the view, if it can be filled in again after a login: view, and tag of a key or
   * name of an owner.
   */
  draft;

  #host;
  #kept;
  #dismiss = () => {};
  #isBusy = false;
  #holdsSecret = false;
  #pressedBeside = false;

  /**
   * @param host what the element decides: words, which it may change; recovery(problem), which
   *     returns [text, action] of what helps, besides trying again; gone(problem), which runs when a
   *     key is there no more; closed(), which runs when the dialog was
   */
  constructor(host) {
    this.#host = host;
    this.element.addEventListener("cancel", (event) => event.preventDefault());
    this.element.addEventListener("pointerdown", (event) => {
      this.#pressedBeside = this.#isBeside(event);
    });
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.element.addEventListener("close", () => host.closed());
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.repeat) {
        event.preventDefault(); // a held key must not press the next view's button
      }
    });
  }

  /** To be called when the element is put into a page. */
  connect() {
    addEventListener("beforeunload", this.#beforeUnload);
    addEventListener("pagehide", this.close);
    addEventListener("keydown", this.#escape);
  }

  disconnect() {
    removeEventListener("beforeunload", this.#beforeUnload);
    removeEventListener("pagehide", this.close);
    removeEventListener("keydown", this.#escape);
    this.close();
  }

  #beforeUnload = (event) => {
    if (this.#holdsSecret) {
      event.preventDefault();
    }
  };

  /** Handles Escape wherever the focus is: with closedby="none", browsers do not. */
  #escape = (event) => {
    if (event.key === "Escape" && this.element.open) {
      event.preventDefault();
      this.#dismiss();
    }
  };

  get words() {
    return this.#host.words;
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  /** Returns what a control of the view holds. */
  value(name) {
    return this.find(`#${name}`).value;
  }

  /** Asks before the page is left, until the next view. */
  holdSecret(holds) {
    this.#holdsSecret = holds && this.element.isConnected;
  }

  /**
   * Shows a view; it replaces the current one.
   *
   * @param buttons [text, action, class]; Enter in a field presses the last one
   * @param dismiss runs on Escape, and on a click outside a dialog without fields
   * @param focus gets the focus; default: the first field, else the title
   * @param draft see above
   */
  show(title, body, buttons, { dismiss = this.close, focus, draft } = {}) {
    if (!this.element.isConnected) {
      return; // removed from the page while waiting for an answer
    }
    const heading = el("h2", { id: "title", part: "title", tabindex: -1 }, title);
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
          this.button(text, action, kind, index === buttons.length - 1 ? "submit" : "button"),
        ),
      ),
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    this.#empty();
    this.#dismiss = () => this.#isBusy || dismiss();
    this.element.lang = this.words.language;
    this.element.dir = this.words.direction;
    this.element.replaceChildren(form);
    this.draft = draft;
    if (draft && draft.view === this.#kept?.view && draft.tag === this.#kept.tag) {
      fillIn(this.#kept, form);
      this.#kept = undefined;
    }
    if (!this.element.open) {
      this.element.showModal();
    }
    (focus ?? form.querySelector(".field input, .field select") ?? heading).focus();
  }

  /** Shows that something is loaded, and goes on with it unless the dialog was closed meanwhile. */
  async load(title, text, load, goOn) {
    const status = el("p", { role: "status" }, text);
    this.show(title, [status], [[this.words.text("cancel"), this.close]]);
    try {
      const loaded = await load();
      if (status.isConnected) {
        goOn(loaded);
      }
    } catch (problem) {
      if (status.isConnected) {
        status.hidden = true;
        this.showProblem(problem);
      }
    }
  }

  /** Fills the next view in that a draft is of; without one, none. */
  fillInNext(draft) {
    this.#kept = draft;
  }

  /** Runs on page hide too: a page restored by the back button must not hold a key. */
  close = () => {
    this.#empty();
    this.#kept = undefined;
    this.element.close();
  };

  /** Removes the view, and clears controls that hold a secret. */
  #empty() {
    this.#holdsSecret = false;
    this.draft = undefined;
    for (const control of this.element.querySelectorAll("textarea")) {
      control.value = "";
    }
    this.element.replaceChildren();
  }

  button(text, action, kind, type = "button") {
    const onclick = (event) => {
      event.preventDefault();
      this.#runOnce(action);
    };
    const part = ["button", kind].filter(Boolean).join(" ");
    return el("button", { type, class: kind, part, onclick }, text);
  }

  #isBeside({ target, clientX, clientY }) {
    const { left, right, top, bottom } = this.element.getBoundingClientRect();
    return (
      target === this.element &&
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
    return this.find(".field input, .field select") !== null;
  }

  /** Runs a button's action; further presses of any button are ignored until it ends. */
  async #runOnce(action) {
    if (this.#isBusy) {
      return;
    }
    this.#working(true);
    this.clearProblem();
    try {
      await this.#orTellThatItIsGone(action);
    } catch (problem) {
      this.showProblem(problem);
    } finally {
      this.#working(false);
    }
  }

  async #orTellThatItIsGone(action) {
    try {
      await action();
    } catch (problem) {
      if (problem.type !== "no-such-key") {
        throw problem;
      }
      await this.#host.gone(problem);
    }
  }

  #working(isBusy) {
    this.#isBusy = isBusy;
    for (const button of this.element.querySelectorAll(".buttons button")) {
      button.setAttribute("aria-disabled", isBusy);
    }
  }

  clearProblem() {
    for (const failure of this.element.querySelectorAll("#failure")) {
      failure.hidden = true;
    }
    for (const error of this.element.querySelectorAll(".field .error")) {
      error.hidden = true;
      error.textContent = "";
    }
    for (const control of this.element.querySelectorAll("[aria-invalid]")) {
      control.removeAttribute("aria-invalid");
    }
  }

  /** Shows a problem beside the field it concerns, else below the form. */
  showProblem(problem) {
    if (!(problem instanceof Problem)) {
      throw problem;
    }
    if (!this.element.open) {
      return; // removed from the page while waiting for an answer
    }
    if (!this.#showErrors(problem.errors)) {
      const isKept = problem.isTransient && this.#hasFields();
      this.tell(
        problem.text(this.words) + (isKept ? ` ${this.words.text("problem.kept")}` : ""),
        this.#host.recovery(problem),
      );
    }
  }

  /** Returns whether a field of the view is concerned. */
  #showErrors(errors) {
    let first;
    for (const { field, message = "", text } of errors) {
      const control = [...this.element.querySelectorAll(controlOf(field))].at(-1);
      const error = control && this.find(`#${control.id}-error`);
      if (error) {
        // Only English has {message}, the end of the server's sentence.
        error.textContent =
          text ?? this.words.text(`error.${field}`, { message: message.replace(/\.$/, "") });
        error.hidden = false;
        control.setAttribute("aria-invalid", "true");
        first ??= control;
      }
    }
    first?.focus();
    return first !== undefined;
  }

  /** Says something below the form, with [text, action] of buttons. */
  tell(text, actions = []) {
    const failure = this.find("#failure");
    failure.replaceChildren(
      el("span", {}, text),
      ...actions.map(([name, action]) => this.button(name, action)),
    );
    failure.hidden = false;
  }
}
