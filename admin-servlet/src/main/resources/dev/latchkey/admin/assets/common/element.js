import { OwnKeys } from "./own-keys.js";
import { Rest } from "./rest.js";
import { englishWords, languageOf, wordsFor } from "./words.js";

/** The events that tell of changed keys. */
export const changes = ["added", "edited", "reissued", "deleted"].map((what) => `api-key-${what}`);

/** Returns what makes of the keys before a change those after it. */
export function keysAfter(change, { key, previousTag = key.tag }) {
  const isIt = ({ tag }) => tag === previousTag;
  return (keys) =>
    change === "api-key-deleted"
      ? keys.filter((one) => !isIt(one))
      : keys.some(isIt)
        ? keys.map((one) => (isIt(one) ? key : one))
        : [...keys, key];
}

/** What the elements have in common, and what hosts may rely on: see docs/page.md. */
export class KeysElement extends HTMLElement {
  /** Adds headers to each request. What was set before the script came is kept, as are words. */
  requestHeaders = this.requestHeaders ?? (() => ({}));

  #given = {};
  #spoken = englishWords;
  #loading = Promise.resolve();
  #languages = new MutationObserver(() => this.#listen());
  #heard; // which words are wanted, as text
  #rest = new Rest({
    base: () => this.getAttribute("keys-url"),
    headers: () => this.requestHeaders?.(),
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
      this.changed(keysAfter(`api-key-${what}`, detail));
      this.#tell(what, detail);
    });
    if (Object.hasOwn(this, "words")) {
      const { words } = this;
      delete this.words; // or it would hide ours
      this.#given = words ?? {};
    }
  }

  /** The words that the host changes or adds, by language. */
  get words() {
    return this.#given;
  }

  set words(words) {
    this.#given = words ?? {};
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
    this.#heard = undefined;
  }

  /** Runs when the words have changed. */
  speak() {}

  /** Runs when a key was changed here. @param keys returns those that there are now, of before */
  changed() {}

  /** Loads the words, unless they are those that were loaded last. */
  #listen() {
    const overrides = [this.#childsWords(), this.#given];
    const heard = JSON.stringify([languageOf(this), overrides]);
    if (heard !== this.#heard) {
      this.#heard = heard;
      this.#loading = this.#load(overrides, heard);
    }
  }

  async #load(overrides, heard) {
    const words = await wordsFor(this, this.#part, overrides);
    if (heard === this.#heard) {
      // else others are wanted meanwhile
      this.#spoken = words;
      this.speak();
    }
  }

  #childsWords() {
    const script = this.querySelector(":scope > script[type='application/json']");
    try {
      return (script && JSON.parse(script.textContent)) ?? {};
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
