import { asListed } from "../common/own-keys.js";
import { clock } from "../common/clock.js";
import { iso } from "../dialogs/time.js";

/** Everybody's keys, their owners and what was done with them, as the REST API has them. */
export class AnyKeys {
  #rest;
  #changed;

  /** Says in no dialog for whom a key acts before the owner is chosen: see KeyDialogs. */
  owner = "";

  /** @param changed hears what was done, and to which key: see docs/page.md */
  constructor(rest, changed) {
    this.#rest = rest;
    this.#changed = changed;
  }

  isOther() {
    return false; // an owner in an answer is no sign of another login
  }

  /** Tells who administers, whether they may issue keys, and what bounds these. */
  async login() {
    const answer = await this.#get("/admin", (json) => json?.policy);
    const { policy } = answer;
    // What an owner may be granted the server alone knows, when it is asked for.
    const scopes = policy.scopes.map((scope) => ({ ...scope, grantable: true }));
    return { ...answer, policy: { ...policy, scopes } };
  }

  list(query) {
    return this.#get(`/admin/keys${search(query)}`, (json) => json?.keys);
  }

  one(key) {
    return this.#rest.call("GET", keyPath(key));
  }

  /** Learns by which clock keys expire, too. */
  async #get(path, isOurs) {
    const { answer, headers } = await this.#rest.exchange("GET", path, { isOurs });
    clock.learn(headers.get("Date"));
    return answer;
  }

  /** @param show as of OwnKeys */
  async add(request, show) {
    const made = await this.#rest.call("POST", "/admin/keys", { body: request });
    show(made);
    this.#changed("added", { key: asListed(made) });
  }

  async edit(key, request) {
    const edited = await this.#rest.call("PATCH", keyPath(key), { body: request });
    this.#changed("edited", { key: edited });
    return edited;
  }

  async reissue(key, request, show) {
    const made = await this.#rest.call("POST", `${keyPath(key)}/reissue`, { body: request });
    show(made);
    this.#changed("reissued", { key: asListed(made), previousTag: key.tag });
  }

  async delete(key, request) {
    await this.#rest.call("DELETE", keyPath(key), { body: request });
    this.#changed("deleted", { key });
  }

  /** Counts what a filter finds, and tells by the clock of expiry, to the second, until when. */
  async count(filter) {
    const { answer, headers } = await this.#rest.exchange("POST", "/admin/revocations", {
      body: { filter, dryRun: true },
    });
    const now = Date.parse(headers.get("Date")) || clock.now();
    return { ...answer, at: iso(now + 1000) }; // keys of this second were counted
  }

  /** Revokes a key by its text or hash, or some that a filter finds; a dry run only counts. */
  revoke(request) {
    return this.#rest.call("POST", "/admin/revocations", { body: request });
  }

  ownerNamed(name) {
    return this.#rest.call("GET", ownerPath(name));
  }

  changeOwner(name, request) {
    return this.#rest.call("PUT", ownerPath(name), { body: request });
  }

  deleteOwner(name, request) {
    return this.#rest.call("DELETE", ownerPath(name), { body: request });
  }

  events(query) {
    const isOurs = (json) => json?.events;
    return this.#rest.call("GET", `/admin/events${search(query)}`, { isOurs });
  }

  /** Returns all events as a file, oldest first. */
  export(query, mediaType) {
    return this.#rest.download(`/admin/events${search(query)}`, mediaType);
  }
}

const keyPath = ({ tag }) => `/admin/keys/${encodeURIComponent(tag)}`;
const ownerPath = (name) => `/admin/owner${search({ name })}`;

function search(parameters) {
  const text = new URLSearchParams(parameters).toString();
  return text && `?${text}`;
}
