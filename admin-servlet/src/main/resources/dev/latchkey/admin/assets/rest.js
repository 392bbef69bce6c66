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
  #base;

  constructor(base = new URL("..", import.meta.url).pathname.replace(/\/$/, "")) {
    this.#base = base;
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
    let response;
    let answer;
    try {
      response = await fetch(this.#base + path, {
        method,
        headers: {
          Accept: "application/json",
          ...(body && { "Content-Type": "application/json" }),
        },
        body: body && JSON.stringify(body),
        redirect: "manual", // the servlet never redirects; a login filter may
        signal: AbortSignal.timeout(requestTimeout),
      });
      const isJson = response.headers.get("Content-Type")?.includes("json");
      answer = isJson ? await response.json() : null;
    } catch {
      throw new Problem({ type: "no-answer" });
    }
    if (response.ok && (response.status === 204 || isOurs(answer))) {
      return { answer, headers: response.headers };
    }
    if (response.ok || response.status === 401 || response.type === "opaqueredirect") {
      throw new Problem({ type: "not-logged-in" });
    }
    throw new Problem({ ...answer, status: response.status });
  }
}
