import english from "../words/en.js";

/** The languages whose words are here. */
const shipped = ["en", "de", "fr", "es", "ja", "ar"]; // as Languages.java has them

const primary = (tag) => tag.toLowerCase().split("-")[0];

/** Formats dates as in the user's country, if it speaks the language. */
const regional = (language) =>
  navigator.languages.find((tag) => primary(tag) === primary(language)) ?? language;

/** The words of an element, and dates and numbers in the same language. */
export class Words {
  #catalogue;
  #plurals;
  #numbers;
  #ago;
  #dateTime;
  #date;
  #collator;

  /**
   * @param language what the words are in
   * @param catalogue by name; a word that is missing is said in English
   */
  constructor(language, catalogue) {
    const locale = regional(language);
    this.language = language;
    this.#catalogue = { ...english, ...catalogue };
    this.#plurals = new Intl.PluralRules(locale);
    this.#numbers = new Intl.NumberFormat(locale);
    this.#ago = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    this.#dateTime = new Intl.DateTimeFormat(locale, {
      year: "numeric",
      month: "long",
      day: "numeric",
      hour: "numeric",
      minute: "2-digit",
      timeZoneName: "short",
    });
    this.#collator = new Intl.Collator(locale, { numeric: true });
    this.#date = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
  }

  /** The direction in which the words are written: ltr or rtl. */
  get direction() {
    return this.#catalogue.direction;
  }

  has(name) {
    return Object.hasOwn(this.#catalogue, name);
  }

  /** Says a whole sentence; a parameter called count chooses its plural. */
  text(name, parameters = {}) {
    return this.#template(name, parameters).replace(/\{(\w+)\}/g, (_, parameter) =>
      this.#shown(parameters[parameter]),
    );
  }

  /** Says the same with elements in it: each parameter is a list of nodes and strings. */
  nodes(name, parameters) {
    return this.#template(name, parameters)
      .split(/\{(\w+)\}/)
      .flatMap((part, index) => (index % 2 === 1 ? parameters[part] : [part]));
  }

  #template(name, { count }) {
    const template = this.#catalogue[name] ?? name;
    return typeof template === "object"
      ? (template[this.#plurals.select(count)] ?? template.other)
      : template;
  }

  #shown(value) {
    return typeof value === "number" ? this.#numbers.format(value) : value;
  }

  /** Tells which of two texts comes first. */
  compare = (a, b) => this.#collator.compare(a, b);

  number(value) {
    return this.#numbers.format(value);
  }

  dateTime(time) {
    // A time zone such as GMT-5 stays on its line.
    return this.#dateTime.format(new Date(time)).replace(/-(?=\d)/, "\u2011");
  }

  date(time) {
    return this.#date.format(new Date(time));
  }

  ago(count, unit) {
    return this.#ago.format(count, unit);
  }
}

/** The words until those of another language are there. */
export const englishWords = new Words("en", {});

const nothing = { english: {}, load: () => ({ default: {} }) };

/**
 * Loads the words of the page's language, else of the browser's, else English.
 *
 * @param part more words, which not every element needs: in English, and load(language)
 * @param overrides catalogues of the host by language; the last that has a word counts
 */
export async function wordsFor(element, part = nothing, overrides = []) {
  const available = [...shipped, ...overrides.flatMap(Object.keys)];
  const language = [languageOf(element), ...navigator.languages, "en"]
    .map((wanted) => bestOf(available, wanted))
    .find(Boolean);
  const hosts = Object.assign({}, ...overrides.map((catalogues) => catalogues[language]));
  try {
    const words = await catalogueOf(language, part);
    return new Words(language, { ...part.english, ...words, ...hosts });
  } catch {
    return new Words("en", part.english); // better than nothing
  }
}

/** Returns the same language, else one that is as good as it, such as de for de-AT. */
function bestOf(available, wanted) {
  const is = (one) => one.toLowerCase() === wanted.toLowerCase();
  return available.find(is) ?? available.find((one) => primary(one) === primary(wanted));
}

async function catalogueOf(language, part) {
  if (language === "en" || !shipped.includes(language)) {
    return {};
  }
  const modules = await Promise.all([import(`../words/${language}.js`), part.load(language)]);
  return Object.assign({}, ...modules.map(({ default: words }) => words));
}

/** Returns what the nearest ancestor says, across shadow roots. */
export function languageOf(element) {
  for (let at = element; at; at = at.parentNode ?? at.host) {
    const language = at.lang;
    if (language) {
      return language;
    }
  }
  return "";
}
