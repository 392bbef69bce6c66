/**
 * The types of Latchkey's elements, for hosts that are written in TypeScript. Copy this file into your
 * project: it needs no package, and the elements' own scripts are loaded from the servlet.
 */

/** A key as it is listed: without its secret, which no event and no property has. */
export interface ApiKey {
  /** The public id. */
  readonly tag: string;
  readonly owner: string;
  readonly description: string;
  /** More may come. */
  readonly status: "active" | "expired" | (string & {});
  /** Its first and last characters. */
  readonly hint: string;
  /** An instant in UTC, such as 2026-11-23T04:00:00Z. */
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly lastUsedFrom: string | null;
  /** What it may do; null: all that its owner may do. */
  readonly scopes: readonly string[] | null;
}

/** What a refused request, or one without an answer, was about. */
export interface ApiKeyProblem {
  /** As in RFC 9457, such as urn:latchkey:store-unavailable; urn:latchkey:no-answer if none came. */
  readonly type: string;
  /** The answer's; 0 if none came. */
  readonly status: number;
}

/** The words of one language, by name; a plural has a text for each category of Intl.PluralRules. */
export type ApiKeyWords = Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>;

export interface ApiKeyEventMap {
  "api-key-added": CustomEvent<{ readonly key: ApiKey }>;
  "api-key-edited": CustomEvent<{ readonly key: ApiKey }>;
  /** The new key, and the tag of the one in whose place it is. */
  "api-key-reissued": CustomEvent<{ readonly key: ApiKey; readonly previousTag: string }>;
  /** The key as it was listed. */
  "api-key-deleted": CustomEvent<{ readonly key: ApiKey }>;
  "api-key-error": CustomEvent<ApiKeyProblem>;
}

/** What <api-key-menu> and <api-key-list> have in common. */
export interface ApiKeyElement extends HTMLElement {
  /** Words that the host changes or adds, by language: { nl: { "menu.add": "API-sleutel toevoegen" } }. */
  words: Record<string, ApiKeyWords>;
  /** Asked before each request for headers to send along, such as a token against forged requests. */
  requestHeaders: () => Record<string, string> | Promise<Record<string, string>>;
  /** Opens the dialog that adds a key, if one more may be added; else it is said why not. */
  openAdd(): Promise<void>;
  /** Opens the details of the user's keys: the menu's dialog, or the first row of the list. */
  openDetails(): Promise<void>;
}

/** A profile icon with a menu. */
export type ApiKeyMenuElement = ApiKeyElement;

/** The user's keys, as a part of a page. */
export type ApiKeyListElement = ApiKeyElement;

declare global {
  interface HTMLElementTagNameMap {
    "api-key-menu": ApiKeyMenuElement;
    "api-key-list": ApiKeyListElement;
  }
  interface GlobalEventHandlersEventMap extends ApiKeyEventMap {}
}
