import { OwnKeys } from "./own-keys.js";
import { Rest } from "./rest.js";
import { englishWords, wordsFor } from "./words.js";

/** What the elements have in common, and what hosts may rely on: see docs/page.md. */
export class KeysElement extends HTMLElement {
  /** Adds headers to each request. What was set before the script came is kept, as are words. */
  requestHeaders = this.requestHeaders ?? (() => ({}));

  #given = {};
  #spoken = englishWords;
  #loading = Promise.resolve();
  #languages = new MutationObserver(() => this.#listen());
  #rest = new Rest({
    base: () => this.getAttribute("keys-url"),
    headers: () => this.requestHeaders(),
    failed: ({ type, status = 0 }) =>
      this.#tell("error", { type: type ? `urn:latchkey:${type}` : "about:blank", status }),
  });
  #keys;
  #part;

  /**
   * @param Keys whose keys it is about
   * @param part the words that it alone needs: see wordsFor
   */
  constructor(Keys = OwnKeys, part) {
    super();
    this.#part = part;
    this.#keys = new Keys(this.#rest, (what, detail) => {
      const { key, previousTag = key.tag } = detail;
      const isIt = ({ tag }) => tag === previousTag;
      this.changed((keys) =>
        what === "deleted"
          ? keys.filter((one) => !isIt(one))
          : keys.some(isIt)
            ? keys.map((one) => (isIt(one) ? key : one))
            : [...keys, key],
      );
      this.#tell(what, detail);
    });
    if (Object.hasOwn(this, "words")) {
      const { words } = this;
      delete this.words; // or it would hide ours
      this.#given = words;
    }
  }

  /** The words that the host changes or adds, by language. */
  get words() {
    return this.#given;
  }

  set words(words) {
    this.#given = words;
    if (this.isConnected) {
      this.#listen();
    }
  }

  // For the elements themselves, not for hosts

  /** The words to be said. */
  get spoken() {
    return this.#spoken;
  }

  /** Ends when they are there. */
  get speaking() {
    return this.#loading;
  }

  get keys() {
    return this.#keys;
  }

  connectedCallback() {
    const options = { subtree: true, attributeFilter: ["lang"] };
    for (let root = this.getRootNode(); root; root = root.host?.getRootNode()) {
      this.#languages.observe(root, options);
    }
    this.#listen();
  }

  disconnectedCallback() {
    this.#languages.disconnect();
  }

  /** Runs when the words have changed. */
  speak() {}

  /** Runs when a key was changed here. @param keys returns those that there are now, of before */
  changed() {}

  #listen() {
    this.#loading = this.#load();
  }

  async #load() {
    const words = await wordsFor(this, this.#part, [this.#childsWords(), this.#given]);
    if (this.isConnected) {
      this.#spoken = words;
      this.speak();
    }
  }

  #childsWords() {
    const script = this.querySelector(":scope > script[type='application/json']");
    try {
      return script ? JSON.parse(script.textContent) : {};
    } catch (error) {
      reportError(error);
      return {};
    }
  }

  #tell(what, detail) {
    this.dispatchEvent(
      new CustomEvent(`api-key-${what}`, { bubbles: true, composed: true, detail }),
    );
  }
}
