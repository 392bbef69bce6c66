import { clock, day } from "../common/clock.js";
import { el, field, option } from "../common/dom.js";
import { Problem } from "../common/rest.js";
import { dayOf, endOfDay, instant, iso, plusDays } from "./time.js";

// Each returns its fields, and the members that they add to a request.

function expirationDate(words) {
  const output = el("output", { "aria-labelledby": "expiration" });
  return {
    fields: [
      el(
        "div",
        { class: "field" },
        el("strong", { id: "expiration" }, words.text("validity.expiration")),
        el("br"),
        output,
      ),
    ],
    show: (content) => output.replaceChildren(...content),
  };
}

/** Lets the user choose the validity, and shows the resulting expiration date. */
export function chosenValidity(words, { defaultDays, maxDays }, keep) {
  const days = [...new Set([7, 30, 60, 90, defaultDays, maxDays])]
    .filter((count) => count <= maxDays)
    .sort((a, b) => a - b);
  const select = el(
    "select",
    {},
    ...(keep ? [option("keep", words.text("validity.keep"), true)] : []),
    ...days.map((count) =>
      option(
        count,
        words.text(count === maxDays ? "validity.longest" : "validity.days", { count }),
        !keep && count === defaultDays,
      ),
    ),
    option("date", words.text("validity.untilDate")),
  );
  const now = clock.now();
  const latest = now + maxDays * day;
  const lastDay = dayOf(latest);
  const date = el("input", {
    type: "date",
    min: dayOf(now),
    max: endOfDay(lastDay) > latest ? plusDays(lastDay, -1) : lastDay,
  });
  const dateField = field(words.text("validity.lastDay"), "last-day", date);
  const output = expirationDate(words);
  const end = () => (date.value && date.validity.valid ? endOfDay(date.value) : undefined);
  // A preview for a number of days: the server's answer has the exact instant.
  const update = () => {
    dateField.hidden = select.value !== "date";
    const expires =
      select.value === "keep"
        ? keep
        : select.value === "date"
          ? end()
          : clock.now() + select.value * day;
    output.show(expires ? instant(words, expires) : [words.text("validity.endOfLastDay")]);
  };
  select.addEventListener("change", () => {
    update();
    if (!dateField.hidden) {
      date.focus();
    }
  });
  date.addEventListener("input", update);
  update();
  return {
    fields: [field(words.text("validity"), "validity", select), dateField, ...output.fields],
    request() {
      if (select.value === "keep") {
        return {};
      }
      if (select.value !== "date") {
        return { expiresInDays: Number(select.value) };
      }
      const expires = end();
      if (!expires) {
        const [first, last] = [date.min, date.max].map((text) => words.date(endOfDay(text)));
        const sentence = date.value ? "validity.wrongDate" : "validity.noDate";
        throw new Problem({
          errors: [{ field: "expiresAt", text: words.text(sentence, { first, last }) }],
        });
      }
      return { expiresAt: iso(expires) };
    },
  };
}

/** Shows the validity that the login session sets. */
export function sessionValidity(words, { expiresAt }) {
  const output = expirationDate(words);
  output.show(instant(words, expiresAt));
  return {
    fields: [...output.fields, el("p", { class: "hint" }, words.text("validity.session"))],
    request: () => ({}),
  };
}

/** Says why the validity cannot be chosen. */
export const fixedValidity = (reason) => ({
  fields: [el("p", { class: "hint" }, reason)],
  request: () => ({}),
});
