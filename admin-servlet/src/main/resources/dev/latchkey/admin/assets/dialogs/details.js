import { el, isolated } from "../common/dom.js";
import { expiry, isExpired } from "../common/keys.js";
import { rightsOf } from "./scopes.js";
import { instant } from "./time.js";

/** Names a key within a sentence. */
export const named = (words, { description, hint }) =>
  description ? words.text("key.named", { description: isolated(description), hint }) : hint;

/** Says for whom a key acts, before it is created and after. */
export const inNameOf = (words, owner) =>
  owner ? [el("p", {}, words.text("key.inNameOf", { owner: isolated(owner) }))] : [];

const badge = (words, kind) => el("span", { class: `badge ${kind}` }, words.text(`badge.${kind}`));

/** Says by badges how long a key still works. */
export const statusBadges = (words, key) => [
  badge(words, isExpired(key) ? "expired" : "active"),
  ...(expiry(key) === "soon" ? [badge(words, "soon")] : []),
];

/** Says by badges how a key stands. */
export const badges = (words, key) => [
  ...statusBadges(words, key),
  ...(key.lastUsedAt ? [] : [badge(words, "unused")]),
];

/** Lists what is known of a key. */
export function facts(words, key, scopes) {
  const expires = isExpired(key) ? "past" : "future";
  const rows = [
    ["description", [el("bdi", {}, key.description || words.text("details.noDescription"))]],
    key.scopes && ["scopes", rightsOf(words, key.scopes, scopes)],
    ["tag", [key.tag]],
    ["status", badges(words, key)],
    ["created", instant(words, key.createdAt)],
    [isExpired(key) ? "expired" : "expires", instant(words, key.expiresAt, expires)],
    [
      "lastUsed",
      key.lastUsedAt ? instant(words, key.lastUsedAt, "past") : [words.text("details.never")],
    ],
    key.lastUsedFrom && ["lastUsedFrom", [el("bdi", { dir: "ltr" }, key.lastUsedFrom)]],
  ];
  return el(
    "dl",
    {},
    ...rows
      .filter(Boolean)
      .flatMap(([name, value]) => [
        el("dt", {}, words.text(`details.${name}`)),
        el("dd", {}, ...value),
      ]),
  );
}
