import { Dialog } from "./assets/dialog.js";
import { el } from "./assets/dom.js";
import { KeyDialogs } from "./assets/key-dialogs.js";
import { recovery } from "./assets/recovery.js";
import { Rest } from "./assets/rest.js";
import { style } from "./assets/style.js";
import { wordsFor } from "./assets/words.js";
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
import { style as ownStyle } from "./assets/administration/style.js";
import { top } from "./assets/administration/top.js";

const elsewhere = { filter: {}, limit: "", cursor: "", before: [] };

/**
 * <api-key-administration>: everybody's keys, their owners, and what was done with them, for
 * administrators. What is shown is in the page's URL.
 *
 * Attributes (URLs, resolved against the page):
 *   login-page  where to log in again when the login has ended; default: reload the page
 *   api-url     the URL in the curl example; default: the root of this host
 */
class ApiKeyAdministration extends HTMLElement {
  words;
  login; // who administers, once it is known
  actions; // on keys, likewise
  #top = el("div");
  #content = el("div");
  #main = el("div", {}, this.#top, this.#content);
  #dialog = new Dialog(this);
  #keys = new AnyKeys(new Rest(), () => this.afterwards(() => this.load()));
  #owners = new OwnerDialogs(this.#dialog, this.#keys, {
    showKeys: (owner) => this.go({ view: "keys", filter: { owner } }),
    showEvents: (owner) => this.go({ view: "events", filter: { owner } }),
    changed: () => this.afterwards(() => this.load()),
  });
  #leaked = new LeakedKey(this.#dialog, this.#keys, () => this.afterwards(() => this.load()));
  #bulk = new BulkRevocation(this.#dialog, this.#keys, () => this.afterwards(() => this.load()));
  #address;
  #panel;
  #opener; // of the dialog, gets the focus back
  #afterwards = () => {};

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style, ownStyle];
    root.append(this.#main, this.#dialog.element);
  }

  async connectedCallback() {
    this.#dialog.connect();
    addEventListener("popstate", this.#show);
    this.words = administratorsWords(await wordsFor(this, ofAdministrators));
    this.#main.lang = this.words.language;
    this.#main.dir = this.words.direction;
    this.#show();
  }

  disconnectedCallback() {
    removeEventListener("popstate", this.#show);
    this.#dialog.disconnect();
  }

  // The lists

  #show = () => {
    this.#address = readAddress();
    const { view, filter } = this.#address;
    const list = view === "events" ? eventsOf : keysOf;
    const kind = list(this, this.#keys, filter);
    this.#panel = new ListPanel(this, this.#address, {
      ...kind,
      load: async (query) => {
        await this.#learn();
        return kind.load(query);
      },
    });
    this.#showTop();
    this.#content.replaceChildren(this.#panel.element);
    this.load();
  };

  #showTop() {
    const open = (action) => () => this.open(action);
    this.#top.replaceChildren(
      top(this.words, this.#address.view, this.go, [
        ["admin.leaked.open", open(() => this.#leaked.open()), "danger"],
        ["admin.owner.open", open(() => this.#owners.find())],
        ...(this.login?.issuer ? [["admin.add.open", () => this.actions.add(), "primary"]] : []),
      ]),
    );
  }

  /** Learns who administers, once: whether they issue keys, and what bounds these. */
  async #learn() {
    if (this.login) {
      return;
    }
    this.login = await this.#keys.login();
    const apiUrl = () => this.getAttribute("api-url") ?? undefined;
    const dialogs = new KeyDialogs(this.#dialog, this.#keys, apiUrl, additions);
    this.actions = new KeyActions(this, this.#dialog, dialogs, this.login.policy);
    this.#showTop();
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

  closed() {
    const action = this.#afterwards;
    this.#afterwards = () => {};
    if (this.#opener?.isConnected) {
      this.#opener.focus();
    } else {
      this.#panel.focus();
    }
    action();
  }

  gone(problem) {
    this.actions.gone(problem);
  }

  recovery = (problem) =>
    recovery(this, this.words, problem, () => {
      const owner = this.#dialog.find("#owner")?.value;
      this.#dialog.close();
      this.go({ view: "keys", filter: owner ? { owner } : {} });
    });
}

customElements.define("api-key-administration", ApiKeyAdministration);
