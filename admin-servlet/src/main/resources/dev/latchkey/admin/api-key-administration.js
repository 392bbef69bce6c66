import { baseStyle } from "./assets/common/base-style.js";
import { Dialog } from "./assets/dialogs/dialog.js";
import { el } from "./assets/common/dom.js";
import { KeysElement } from "./assets/common/element.js";
import { keepDraft, resume } from "./assets/dialogs/draft.js";
import { KeyDialogs } from "./assets/dialogs/key-dialogs.js";
import { recovery } from "./assets/dialogs/recovery.js";
import { dialogStyle } from "./assets/dialogs/style.js";
import { additions } from "./assets/administration/additions.js";
import { readAddress, writeAddress } from "./assets/administration/address.js";
import { administratorsWords, ofAdministrators } from "./assets/administration/admin-words.js";
import { AnyKeys } from "./assets/administration/any-keys.js";
import { BulkRevocation } from "./assets/administration/bulk-revocation.js";
import { KeyActions } from "./assets/administration/key-actions.js";
import { LeakedKey } from "./assets/administration/leaked-key.js";
import { ListPanel } from "./assets/administration/list-panel.js";
import { eventsOf, keysOf } from "./assets/administration/lists.js";
import { OwnerDialogs } from "./assets/administration/owner-dialogs.js";
import { administrationStyle } from "./assets/administration/style.js";
import { top } from "./assets/administration/top.js";

const elsewhere = { filter: {}, limit: "", cursor: "", before: [] };

/**
 * <api-key-administration>: everybody's keys, their owners, and what was done with them, for
 * administrators. What is shown is in the page's URL. docs/administration.md tells of it.
 */
class ApiKeyAdministration extends KeysElement {
  login; // who administers, once it is known
  actions; // on keys, likewise
  #top = el("div");
  #content = el("div");
  #main = el("div", {}, this.#top, this.#content);
  #dialog = this.#newDialog();
  #owners = new OwnerDialogs(this.#dialog, this.keys, {
    showKeys: (owner) => this.go({ view: "keys", filter: { owner } }),
    showEvents: (owner) => this.go({ view: "events", filter: { owner } }),
    changed: () => this.changed(),
  });
  #leaked = new LeakedKey(this.#dialog, this.keys, () => this.changed());
  #bulk = new BulkRevocation(this.#dialog, this.keys, () => this.changed());
  #spoken;
  #learning;
  #address;
  #panel;
  #opener; // of the dialog, gets the focus back
  #afterwards = () => {};

  constructor() {
    super(AnyKeys, ofAdministrators);
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [baseStyle, dialogStyle, administrationStyle];
    root.append(this.#main, this.#dialog.element);
  }

  #newDialog() {
    const page = this;
    return new Dialog({
      get words() {
        return page.spoken;
      },
      recovery: (problem) => page.recovery(problem),
      gone: (problem) => {
        if (!page.actions) {
          throw problem; // which the dialog tells
        }
        page.actions.gone(problem);
      },
      closed: () => page.#closed(),
    });
  }

  connectedCallback() {
    super.connectedCallback();
    this.#dialog.connect();
    addEventListener("popstate", this.#show);
    this.#resume();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#panel?.abandon();
    removeEventListener("popstate", this.#show);
    this.#dialog.disconnect();
  }

  get spoken() {
    return this.#spoken;
  }

  speak() {
    this.#spoken = administratorsWords(super.spoken);
    this.#main.lang = this.spoken.language;
    this.#main.dir = this.spoken.direction;
    this.#show();
  }

  // The lists

  #show = () => {
    if (!this.spoken) {
      return; // it is about to speak
    }
    this.#address = readAddress();
    const { view, filter } = this.#address;
    const list = view === "events" ? eventsOf : keysOf;
    const kind = list(this, this.keys, filter);
    this.#panel?.abandon();
    this.#panel = new ListPanel(this, this.#address, {
      ...kind,
      load: async (query) => {
        const [found] = await Promise.all([kind.load(query), this.#learn()]);
        return found;
      },
    });
    this.#showTop();
    this.#content.replaceChildren(this.#panel.element);
    this.load();
  };

  #showTop() {
    const open = (action) => () => this.open(action);
    this.#top.replaceChildren(
      top(this.spoken, this.#address.view, this.go, [
        ["admin.leaked.open", open(() => this.#leaked.open()), "danger"],
        ["admin.owner.open", open(() => this.#owners.find())],
        ["admin.add.open", () => this.actions.add(), "primary add"],
      ]),
    );
    this.#showAdd();
  }

  /** Keeps its place for issuers until it works, so that nothing moves. */
  #showAdd() {
    const add = this.#top.querySelector(".add");
    add.hidden = !(this.login ? this.login.issuer : this.hasAttribute("issuer"));
    add.classList.toggle("unknown", !this.actions);
  }

  /** Learns who administers, once: whether they issue keys, and what bounds these. */
  async #learn() {
    this.#learning ??= this.keys.login();
    try {
      this.login = await this.#learning;
    } finally {
      this.#learning = this.login && this.#learning; // else asks again next time
    }
    if (this.actions) {
      return;
    }
    const apiUrl = () => this.getAttribute("api-url") ?? undefined;
    const dialogs = new KeyDialogs(this.#dialog, this.keys, apiUrl, additions);
    this.actions = new KeyActions(this, this.#dialog, dialogs, this.login.policy);
    this.#showAdd();
  }

  load() {
    return this.#panel.load();
  }

  say(text) {
    this.#panel.say(text);
  }

  /** Shows something else: in another view from the begin, in the same from where it is said. */
  go = ({ view, ...change }) => {
    const begin = view ? { ...elsewhere, view } : this.#address;
    writeAddress({ ...begin, ...change });
    this.#show();
    this.#panel.focus();
  };

  // Dialogs

  /** Runs what shows a dialog, after which the focus is where it was. */
  open(action) {
    this.#opener = this.shadowRoot.activeElement;
    action();
  }

  openOwner(name) {
    this.open(() => this.#owners.open(name));
  }

  revokeAll(filter) {
    this.open(() => this.#bulk.open(filter));
  }

  /** Has something run when the dialog is closed. */
  afterwards(action) {
    this.#afterwards = action;
  }

  #closed() {
    const action = this.#afterwards;
    this.#afterwards = () => {};
    if (this.#opener?.isConnected) {
      this.#opener.focus();
    } else {
      this.#panel.focus();
    }
    action();
  }

  /** Shows, when the dialog is closed, what there is now. */
  changed() {
    this.afterwards(() => this.load());
  }

  // A login that ended

  /** Leads back to where it was found to have. */
  #resume() {
    const load = async () => {
      await this.speaking;
      await this.#learn();
      return { owner: this.login.administrator };
    };
    resume(this, this.#dialog, load, (draft) => this.#openDraft(draft));
  }

  #openDraft({ address, view, tag, filter }) {
    writeAddress(address, true);
    this.#show();
    const { actions, spoken } = this;
    if (filter) {
      this.#bulk.open(filter); // counts anew
    } else if (view === "leaked") {
      this.#leaked.open();
    } else if (view === "add") {
      actions.add();
    } else if (actions[view]) {
      const title = spoken.text(`${view}.title`);
      this.#dialog.load(title, "", () => this.keys.one({ tag }), actions[view]);
    } else if (view) {
      this.#owners.open(tag, view);
    }
  }

  /** Keeps what is shown, and what was typed, once it is known for whom. */
  #keep() {
    if (this.login) {
      const { draft = {}, element } = this.#dialog;
      const owner = this.login.administrator;
      keepDraft({ element: this.localName, owner, address: this.#address }, { draft, element });
    }
  }

  recovery(problem) {
    const showKeys = () => {
      const owner = this.#dialog.find("#owner")?.value;
      this.#dialog.close();
      this.go({ view: "keys", filter: owner ? { owner } : {} });
    };
    return recovery(this, this.spoken, problem, { showKeys, keep: () => this.#keep() });
  }
}

customElements.define("api-key-administration", ApiKeyAdministration);
