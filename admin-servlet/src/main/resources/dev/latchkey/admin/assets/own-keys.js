import { isolated } from "./dom.js";
import { Problem } from "./rest.js";
import { clock } from "./time.js";

/** The keys of the user who is logged in, and what can be done with them. */
export class OwnKeys {
  #rest;

  /** Who was logged in when the keys were first shown; empty if it is not known. */
  owner = "";

  constructor(rest) {
    this.#rest = rest;
  }

  /** Loads keys, policy and owner, whoever that is now. */
  async load() {
    const { answer, headers } = await this.#rest.exchange("GET", "", {
      isOurs: (json) => json?.keys,
    });
    clock.learn(headers.get("Date"));
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

  async add(request) {
    await this.state(); // creates no key if another user has logged in
    return this.#rest.call("POST", "", { body: request });
  }

  edit(key, request) {
    return this.#rest.call("PATCH", `/${key.tag}`, { body: request });
  }

  reissue(key, request) {
    return this.#rest.call("POST", `/${key.tag}/reissue`, { body: request });
  }

  delete(key) {
    return this.#rest.call("DELETE", `/${key.tag}`);
  }
}

/** Decodes percent-encoded text; returns an empty string if a proxy garbled it. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
