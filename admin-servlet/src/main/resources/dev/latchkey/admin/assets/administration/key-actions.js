import { el, warning } from "../common/dom.js";

/** What an administrator does with a key in a list, and what becomes of the list. */
export class KeyActions {
  #page;
  #dialog;
  #dialogs;
  #policy;
  #table; // none before a list is there, and where it is empty
  openOwner;
  showEvents;

  /**
   * @param page say(text) and load() of the list; open(action) runs what shows a dialog, and
   *     afterwards(action) runs something when it is closed
   */
  constructor(page, dialog, dialogs, policy) {
    this.#page = page;
    this.#dialog = dialog;
    this.#dialogs = dialogs;
    this.#policy = policy;
    this.openOwner = (name) => page.openOwner(name);
    this.showEvents = (filter) => page.go({ view: "events", filter });
  }

  /** Takes the list that is shown now. */
  use(table) {
    this.#table = table;
  }

  add() {
    this.#page.open(() => this.#dialogs.add({ keys: [], policy: this.#policy }, {}));
  }

  edit = (key) => {
    this.#page.open(() =>
      this.#dialogs.edit(key, this.#policy, {
        back: this.#dialog.close,
        edited: (before, after) => {
          const index = this.#table?.indexOf(before);
          this.#table?.replace(before, after);
          this.#end("details.saved", after, index);
        },
      }),
    );
  };

  reissue = (key) => {
    this.#page.open(() => this.#dialogs.reissue(key, this.#policy, { back: this.#dialog.close }));
  };

  delete = (key) => {
    this.#page.open(() =>
      this.#dialogs.delete(key, {
        back: this.#dialog.close,
        deleted: () => {
          const index = this.#table?.indexOf(key);
          this.#table?.remove(key);
          this.#end("details.deleted", key, index);
        },
      }),
    );
  };

  #end(text, key, index) {
    this.#page.afterwards(() => {
      this.#page.say(this.#dialog.words.text(text));
      this.#table?.focus(key, index);
    });
    this.#dialog.close();
  }

  /** Tells that a key is not there any more, and shows those that are. */
  gone(problem) {
    const { words } = this.#dialog;
    this.#page.afterwards(() => this.#page.load());
    this.#dialog.show(
      words.text("admin.gone.title"),
      [warning(problem.text(words), "alert"), el("p", {}, words.text("admin.gone.what"))],
      [[words.text("close"), this.#dialog.close]],
    );
  }
}
