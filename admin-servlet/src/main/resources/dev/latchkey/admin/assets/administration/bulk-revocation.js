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
            await this.#run({ filter: until(at, asQuery(filter)), ...reason.request() }, 0);
          },
          "danger",
        ],
      ],
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
  async #run(request, before) {
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
        this.#offerMore(request, count, this.#text("admin.bulk.stopped", { count }));
      }
    } catch (problem) {
      if (!(problem instanceof Problem)) {
        throw problem;
      }
      this.#offerMore(request, count, this.#text("admin.bulk.stopped", { count }), problem);
    } finally {
      this.#revoked();
    }
  }

  #offerMore(request, count, text, problem) {
    this.#dialog.show(
      this.#text("admin.bulk.title"),
      [warning(text, "alert")],
      [
        [this.#text("admin.bulk.goOn"), () => this.#run(request, count), "danger"],
        [this.#text("close"), this.#dialog.close],
      ],
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
