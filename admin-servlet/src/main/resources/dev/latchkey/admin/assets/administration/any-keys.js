/** Everybody's keys, their owners and what was done with them, as the REST API has them. */
export class AnyKeys {
  #rest;
  #made;

  /** Says in no dialog for whom a key acts before the owner is chosen: see KeyDialogs. */
  owner = "";

  /** @param made() runs when a key was made */
  constructor(rest, made) {
    this.#rest = rest;
    this.#made = made;
  }

  isOther() {
    return false; // an owner in an answer is no sign of another login
  }

  /** Tells who administers, whether they may issue keys, and what bounds these. */
  async login() {
    const answer = await this.#rest.call("GET", "/admin", { isOurs: (json) => json?.policy });
    const { policy } = answer;
    // What an owner may be granted the server alone knows, when it is asked for.
    const scopes = policy.scopes.map((scope) => ({ ...scope, grantable: true }));
    return { ...answer, policy: { ...policy, scopes } };
  }

  list(query) {
    return this.#rest.call("GET", `/admin/keys${search(query)}`, { isOurs: (json) => json?.keys });
  }

  add(request) {
    return this.#make("/admin/keys", request);
  }

  async #make(path, request) {
    const made = await this.#rest.call("POST", path, { body: request });
    this.#made();
    return made;
  }

  edit(key, request) {
    return this.#rest.call("PATCH", keyPath(key), { body: request });
  }

  reissue(key, request) {
    return this.#make(`${keyPath(key)}/reissue`, request);
  }

  delete(key, request) {
    return this.#rest.call("DELETE", keyPath(key), { body: request });
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
