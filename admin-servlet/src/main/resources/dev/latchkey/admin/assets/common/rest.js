const requestTimeout = 30_000; // ms

/** A rejected request, or a missing answer. */
export class Problem extends Error {
  /**
   * @param type the problem's, with or without its prefix
   * @param detail what the server says
   * @param status the answer's
   * @param errors of fields: {field, message} from the server, or {field, text} that is said as it is
   */
  constructor({ type = "", detail, status, errors = [] }) {
    super(detail);
    this.type = String(type).replace("urn:latchkey:", "");
    this.status = status;
    this.errors = Array.isArray(errors) ? errors : [];
  }

  /** Returns whether the same may well work in a moment. */
  get isTransient() {
    return this.type === "store-unavailable" || this.type === "no-answer";
  }

  /** Says what the matter is: by its type, else in the server's words. */
  text(words) {
    const name = `problem.${this.type}`;
    return words.has(name)
      ? words.text(name, this.parameters)
      : this.message || words.text("problem.other", { status: String(this.status) });
  }
}

/** The servlet's REST API. */
export class Rest {
  #host;

  /**
   * @param host what the element's host decides, each asked anew for every request: base(), the
   *     servlet's URL, or nothing where it is beside the scripts; headers() to send along, or a
   *     promise of them; and failed(problem), which hears of every problem
   */
  constructor(host = {}) {
    this.#host = host;
  }

  /**
   * Resolved against the page. Scripts of another origin say the path on this one. A slash at the
   * end is kept for the servlet's root: containers redirect from an application's path without one.
   */
  #url(path) {
    const given = this.#host.base?.();
    const base = given ?? new URL("..", import.meta.url).pathname;
    const { href } = new URL(base, document.baseURI);
    return given && !path ? href : href.replace(/\/$/, "") + path;
  }

  /**
   * Calls it.
   *
   * @param isOurs whether an answer can be the servlet's, rather than a login page's
   * @returns the answer's JSON; null if it has none
   */
  async call(method, path, { body, isOurs = Boolean } = {}) {
    const { answer } = await this.exchange(method, path, { body, isOurs });
    return answer;
  }

  /** Does the same, and returns the answer's headers too. */
  async exchange(method, path, { body, isOurs = Boolean } = {}) {
    const { response, answer } = await this.#send(method, path, { body });
    if (response.ok && (response.status === 204 || isOurs(answer))) {
      return { answer, headers: response.headers };
    }
    throw this.#failed(this.#refusal(response, answer));
  }

  /** Returns a file of a media type. */
  async download(path, mediaType) {
    const isFile = ({ ok, headers }) => ok && headers.get("Content-Type")?.startsWith(mediaType);
    const { response, answer } = await this.#send("GET", path, { accept: mediaType, isFile });
    if (isFile(response)) {
      return answer;
    }
    throw this.#failed(this.#refusal(response, answer));
  }

  async #send(method, path, { body, accept = "application/json", isFile = () => false }) {
    const hosts = await this.#hostsHeaders();
    try {
      const response = await fetch(this.#url(path), {
        method,
        headers: {
          ...hosts,
          Accept: accept,
          ...(body && { "Content-Type": "application/json" }),
        },
        body: body && JSON.stringify(body),
        redirect: "manual", // the servlet never redirects; a login filter may
        ...(accept === "application/json" && { signal: AbortSignal.timeout(requestTimeout) }),
      });
      if (isFile(response)) {
        return { response, answer: await response.blob() };
      }
      const isJson = response.headers.get("Content-Type")?.includes("json");
      return { response, answer: isJson ? await response.json() : null };
    } catch {
      throw this.#failed(new Problem({ type: "no-answer" }));
    }
  }

  #failed(problem) {
    this.#host.failed?.(problem);
    return problem;
  }

  #refusal({ ok, status, type }, answer) {
    return ok || status === 401 || type === "opaqueredirect"
      ? new Problem({ type: "not-logged-in", status })
      : new Problem({ ...answer, status });
  }

  async #hostsHeaders() {
    try {
      return await this.#host.headers?.();
    } catch (error) {
      reportError(error); // the host's own
      throw this.#failed(new Problem({ type: "no-answer" }));
    }
  }
}
