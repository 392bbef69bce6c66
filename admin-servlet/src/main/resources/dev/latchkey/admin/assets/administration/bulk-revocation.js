import { done, el, warning } from "../common/dom.js";
import { Problem } from "../common/rest.js";
import { asQuery } from "./address.js";
import { reasonField, wordField } from "./confirmation.js";

/** The dialog that revokes all keys that a filter finds. */
export class BulkRevocation {
  #dialog;
  #keys;
  #revoked;

  /** @param revoked() runs when keys were */
  constructor(dialog, keys, revoked) {
    this.#dialog = dialog;
    this.#keys = keys;
    this.#revoked = revoked;
  }

  #text(name, parameters) {
    return this.#dialog.words.text(name, parameters);
  }

  /** Counts first. */
  open(filter) {
    this.#dialog.load(
      this.#text("admin.bulk.title"),
      this.#text("admin.bulk.counting"),
      () => this.#keys.count(asQuery(filter)),
      (counted) => this.#ask(filter, counted),
    );
  }

  #ask(filter, { revoked: count, more, at }) {
    if (count === 0 && !more) {
      this.#end([el("p", {}, this.#text("admin.bulk.none"))]);
      return;
    }
    const word = wordField(this.#dialog.words, this.#text("admin.bulk.word"));
    const reason = reasonField(this.#dialog.words);
    this.#dialog.show(
      this.#text("admin.bulk.title"),
      [
        warning(this.#text(more ? "admin.bulk.atLeast" : "admin.bulk.count", { count })),
        this.#conditions(filter),
        ...word.fields,
        ...reason.fields,
      ],
      [
        [this.#text("cancel"), this.#dialog.close],
        [
          this.#text("admin.bulk.revoke"),
          async () => {
            word.check();
            await this.#run(until(at, asQuery(filter)), reason, 0);
          },
          "danger",
        ],
      ],
      { draft: { view: "bulk", filter } },
    );
  }

  /** Says which keys are meant, as the form does. */
  #conditions(filter) {
    return el(
      "dl",
      {},
      ...Object.entries(filter).flatMap(([name, text]) => [
        el("dt", {}, this.#text(`admin.filter.${name}`)),
        el("dd", {}, el("bdi", {}, this.#shown(name, text))),
      ]),
    );
  }

  #shown(name, text) {
    return name === "status" && this.#dialog.words.has(`admin.status.${text}`)
      ? this.#text(`admin.status.${text}`)
      : text;
  }

  /** Calls again while there is more, unless the user stops it. */
  async #run(filter, reason, before) {
    const request = { filter, ...reason.request() };
    const goOn = (count, problem) => this.#offerMore(filter, reason, count, problem);
    let count = before;
    let isStopped = false;
    const progress = el("p", { role: "status" });
    // Not run by the dialog, which runs one action at a time.
    const stop = el("button", { type: "button" }, this.#text("admin.bulk.stop"));
    stop.addEventListener("click", () => {
      isStopped = true;
      stop.setAttribute("aria-disabled", "true");
    });
    const say = () => (progress.textContent = this.#text("admin.bulk.progress", { count }));
    say();
    this.#dialog.show(this.#text("admin.bulk.title"), [progress, stop], [], { focus: stop });
    try {
      for (let more = true; more && !isStopped && progress.isConnected;) {
        const answer = await this.#keys.revoke(request);
        count += answer.revoked;
        more = answer.more;
        say();
        if (!more) {
          this.#end([done(this.#text("admin.revoked", { count }))]);
        }
      }
      if (isStopped && progress.isConnected) {
        goOn(count);
      }
    } catch (problem) {
      if (!(problem instanceof Problem)) {
        throw problem;
      }
      goOn(count, problem);
    } finally {
      this.#revoked();
    }
  }

  #offerMore(filter, reason, count, problem) {
    reason.input.hidden = true; // there, and so in the draft
    this.#dialog.show(
      this.#text("admin.bulk.title"),
      [warning(this.#text("admin.bulk.stopped", { count }), "alert"), reason.input],
      [
        [this.#text("admin.bulk.goOn"), () => this.#run(filter, reason, count), "danger"],
        [this.#text("close"), this.#dialog.close],
      ],
      { draft: { view: "bulk", filter } }, // counts what is left
    );
    if (problem) {
      this.#dialog.showProblem(problem);
    }
  }

  #end(body) {
    this.#dialog.show(this.#text("admin.bulk.title"), body, [
      [this.#text("close"), this.#dialog.close],
    ]);
  }
}

/** Leaves out keys that are newer than their count: what is confirmed is what was counted. */
function until(at, query) {
  const { createdBefore } = query;
  return Date.parse(createdBefore) < Date.parse(at) ? query : { ...query, createdBefore: at };
}
