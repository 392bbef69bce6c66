import { clock } from "./clock.js";
import { isolated } from "./dom.js";
import { Problem } from "./rest.js";

/** The keys of the user who is logged in, and what can be done with them. */
export class OwnKeys {
  #rest;
  #changed;
  #changes = 0;

  /** Who was logged in when the keys were first shown; empty if it is not known. */
  owner = "";

  /** @param changed hears what was done, and to which key: see docs/page.md */
  constructor(rest, changed = () => {}) {
    this.#rest = rest;
    this.#changed = changed;
  }

  /** Tells that keys were changed, so that no answer from before it counts. */
  outdate() {
    this.#changes++;
  }

  /** Loads keys, policy and owner, whoever that is now. */
  async load() {
    const changes = this.#changes;
    const { answer, headers } = await this.#rest.exchange("GET", "", {
      isOurs: (json) => json?.keys,
    });
    clock.learn(headers.get("Date"));
    if (changes !== this.#changes) {
      return this.load();
    }
    const { keys, policy } = answer;
    return { keys, policy, owner: decoded(headers.get("API-Key-Owner") ?? "") };
  }

  /** Loads them again; fails if another user has logged in meanwhile. */
  async state() {
    const state = await this.load();
    if (this.isOther(state.owner)) {
      const problem = new Problem({ type: "other-user" });
      problem.parameters = { other: isolated(state.owner), owner: isolated(this.owner) };
      throw problem;
    }
    return state;
  }

  isOther(owner) {
    return Boolean(owner && this.owner) && owner !== this.owner;
  }

  /**
   * Adds a key.
   *
   * @param show shows it, before others hear of it: one of them may leave the page
   */
  async add(request, show) {
    await this.state(); // creates no key if another user has logged in
    const made = await this.#change("POST", "", request);
    show(made);
    this.#changed("added", { key: asListed(made) });
  }

  async edit(key, request) {
    const edited = await this.#change("PATCH", `/${key.tag}`, request);
    this.#changed("edited", { key: edited });
    return edited;
  }

  /** Puts a new key in the place of one, and does with it as above. */
  async reissue(key, request, show) {
    const made = await this.#change("POST", `/${key.tag}/reissue`, request);
    show(made);
    this.#changed("reissued", { key: asListed(made), previousTag: key.tag });
  }

  /** Changes something; what has got no answer may have been done, too. */
  async #change(method, path, body) {
    try {
      return await this.#rest.call(method, path, { body });
    } finally {
      this.outdate();
    }
  }

  /** Returns what was done with a key of late. */
  events({ tag }) {
    const query = new URLSearchParams({ tag, limit: 20 });
    return this.#rest.call("GET", `/events?${query}`, { isOurs: (json) => json?.events });
  }

  async delete(key) {
    await this.#change("DELETE", `/${key.tag}`);
    this.#changed("deleted", { key });
  }
}

/** Returns a new key without its secret. */
export function asListed(made) {
  const listed = { ...made };
  delete listed.key;
  return listed;
}

/** Decodes percent-encoded text; returns an empty string if a proxy garbled it. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
