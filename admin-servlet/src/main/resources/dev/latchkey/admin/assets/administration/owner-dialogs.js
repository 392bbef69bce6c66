import { done, el, isolated, warning } from "../common/dom.js";
import { ownerField, reasonField, wordField } from "./confirmation.js";

/** The dialogs about an owner of keys: look at, disable, enable and delete. */
export class OwnerDialogs {
  #dialog;
  #keys;
  #page;

  /**
   * @param page showKeys(owner) and showEvents(owner) lead there; changed(owner) runs when an owner
   *     was changed
   */
  constructor(dialog, keys, page) {
    this.#dialog = dialog;
    this.#keys = keys;
    this.#page = page;
  }

  #text(name, parameters) {
    return this.#dialog.words.text(name, parameters);
  }

  /** Asks which owner. */
  find() {
    const name = ownerField(this.#dialog.words, "name");
    this.#dialog.show(this.#text("admin.owner.find"), name.fields, [
      [this.#text("cancel"), this.#dialog.close],
      [
        this.#text("admin.owner.show"),
        async () => this.#show(await this.#keys.ownerNamed(name.value())),
        "primary",
      ],
    ]);
  }

  /** Shows an owner; with a view, what is asked before the owner is changed. */
  open(name, view) {
    this.#dialog.load(
      this.#title(name),
      this.#text("admin.loading"),
      () => this.#keys.ownerNamed(name),
      (status) =>
        view === "erase"
          ? this.#delete(status)
          : view
            ? this.#change(status, view === "disable")
            : this.#show(status),
    );
  }

  #title(owner) {
    return this.#text("admin.owner.title", { owner: isolated(owner) });
  }

  #show(status, notice = "") {
    const { owner, disabled, service, keys } = status;
    const state = disabled ? "disabled" : "enabled";
    const rows = [
      [
        "status",
        el(
          "span",
          { class: `badge ${disabled ? "expired" : "active"}` },
          this.#text(`admin.owner.${state}`),
        ),
      ],
      ["kind", this.#text(service ? "admin.owner.service" : "admin.owner.user")],
      ["keys", this.#text("admin.keys", { count: keys })],
    ];
    const facts = rows.flatMap(([name, value]) => [
      el("dt", {}, this.#text(`admin.owner.fact.${name}`)),
      el("dd", {}, value),
    ]);
    const leading = (action) => () => {
      this.#dialog.close();
      action(owner);
    };
    this.#dialog.show(
      this.#title(owner),
      [notice, el("dl", {}, ...facts)],
      [
        [this.#text("admin.owner.showKeys"), leading(this.#page.showKeys)],
        [this.#text("admin.owner.showEvents"), leading(this.#page.showEvents)],
        disabled
          ? [this.#text("admin.owner.enable"), () => this.#change(status, false)]
          : [this.#text("admin.owner.disable"), () => this.#change(status, true), "danger"],
        [this.#text("admin.owner.delete"), () => this.#delete(status), "danger"],
        [this.#text("close"), this.#dialog.close],
      ],
    );
  }

  #change(status, disabled) {
    const { owner } = status;
    const action = disabled ? "disable" : "enable";
    const reason = reasonField(this.#dialog.words);
    this.#dialog.show(
      this.#title(owner),
      [
        el("p", {}, this.#text(`admin.owner.${action}.effect`, { owner: isolated(owner) })),
        ...reason.fields,
      ],
      [
        [this.#text("cancel"), () => this.#show(status)],
        [
          this.#text(`admin.owner.${action}`),
          async () => {
            const request = { disabled, ...reason.request() };
            const changed = await this.#keys.changeOwner(owner, request);
            this.#page.changed(owner);
            this.#show(changed, done(this.#text(`admin.owner.${action}.done`)));
          },
          disabled ? "danger" : "primary",
        ],
      ],
      { draft: { view: action, tag: owner } },
    );
  }

  #delete(status) {
    const { owner, keys: count } = status;
    const word = wordField(this.#dialog.words, this.#text("admin.owner.delete.word"));
    const reason = reasonField(this.#dialog.words);
    this.#dialog.show(
      this.#title(owner),
      [
        el("p", {}, this.#text("admin.owner.delete.effect", { owner: isolated(owner), count })),
        warning(this.#text("admin.owner.delete.sessions")),
        ...word.fields,
        ...reason.fields,
      ],
      [
        [this.#text("cancel"), () => this.#show(status)],
        [
          this.#text("admin.owner.delete"),
          async () => {
            word.check();
            await this.#keys.deleteOwner(owner, reason.request());
            this.#page.changed(owner);
            // Not asked for: where that failed, a second try would delete once more.
            const after = { owner, disabled: false, service: false, keys: 0 };
            this.#show(after, done(this.#text("admin.owner.delete.done")));
          },
          "danger",
        ],
      ],
      { draft: { view: "erase", tag: owner } },
    );
  }
}
