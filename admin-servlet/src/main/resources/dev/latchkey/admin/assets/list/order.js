import { expiry } from "../common/keys.js";

const ranks = { expired: 0, soon: 1 };

/** What the keys are sorted by in each column: a number, or a text. */
const values = {
  description: (key) => key.description,
  status: (key) => ranks[expiry(key)] ?? 2,
  scopes: (key) => key.scopes?.length ?? Infinity,
  lastUsed: (key) => Date.parse(key.lastUsedAt ?? "1970-01-01"),
  expires: (key) => Date.parse(key.expiresAt),
  created: (key) => -Date.parse(key.createdAt), // newest first
};

/** Sorts keys by a column, in the way of the words' language. */
export function sorted(words, keys, { column = "created", isDescending = false }) {
  const compare = column === "description" ? words.compare : (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const sign = isDescending ? -1 : 1;
  return keys
    .map((key) => ({ key, value: values[column](key) }))
    .sort((a, b) => sign * compare(a.value, b.value))
    .map(({ key }) => key);
}

/** Returns the keys in whose description, hint or tag a text is. */
export function found(keys, text) {
  const wanted = text.trim().toLocaleLowerCase();
  return keys.filter(({ description, hint, tag }) =>
    [description, hint, tag].some((one) => one.toLocaleLowerCase().includes(wanted)),
  );
}
