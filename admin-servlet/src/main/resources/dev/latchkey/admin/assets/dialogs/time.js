import { clock, day } from "../common/clock.js";
import { el } from "../common/dom.js";

/** Formats an instant as the REST API does: to the second. */
export const iso = (time) => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");

/** Formats "in 12 days" or "2 hours ago", rounded down to the unit within a minute. */
export function relative(words, time, tense) {
  const left = (new Date(time) - clock.now()) / 1000;
  const seconds = tense === "past" ? Math.min(left, 0) : Math.max(left, 0);
  const [unit, size] = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ].find(([, length]) => Math.abs(seconds) >= length) ?? ["minute", 60];
  return words.ago(Math.trunc((seconds > 0 ? seconds + 60 : seconds) / size), unit);
}

/** Shows an instant in local time and in UTC; with a tense, also how far away it is. */
export function instant(words, time, tense) {
  return [
    el("time", { datetime: iso(time), dir: "auto" }, words.dateTime(time)),
    " ",
    el(
      "span",
      { class: "utc" },
      ...(tense ? [el("span", { dir: "auto" }, relative(words, time, tense)), " · "] : []),
      el("bdi", { dir: "ltr" }, iso(time).replace("T", " ").replace("Z", " UTC")),
    ),
  ];
}

// Days, as YYYY-MM-DD, in the user's time zone

export function dayOf(time) {
  const date = new Date(time);
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export const plusDays = (date, count) =>
  new Date(Date.parse(`${date}T00:00Z`) + count * day).toISOString().slice(0, 10);

/** Returns one second before the next day begins, also when clocks change at midnight. */
export const endOfDay = (date) => new Date(`${plusDays(date, 1)}T00:00`).getTime() - 1000;
