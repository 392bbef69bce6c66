// Compares the catalogues of words with the English one: the same names in the same order, the same
// parameters, and the plurals that each language has; and finds words that nothing says.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const main = "admin-servlet/src/main";
const resources = join(main, "resources/dev/latchkey/admin");
const folder = join(resources, "assets/words");
const read = (language) => JSON.parse(readFileSync(join(folder, `${language}.json`), "utf8"));
const parametersOf = (text) => [...new Set(text.match(/\{\w+\}/g))].sort();
/** A plural of exactly one or two may have a word for the number. */
const namesNumber = new Set(["zero", "one", "two"]);

const english = read("en");
const findings = [];

function compare(language, catalogue) {
  const names = Object.keys(catalogue);
  const expected = Object.keys(english);
  for (const name of expected.filter((one) => !names.includes(one))) {
    findings.push(`${language}: ${name} is missing`);
  }
  for (const name of names.filter((one) => !expected.includes(one))) {
    findings.push(`${language}: English has no ${name}`);
  }
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const name of names.filter((one) => expected.includes(one))) {
    compareTexts(language, name, catalogue[name], categories);
  }
  const known = names.filter((one) => expected.includes(one));
  if (known.join() !== expected.filter((one) => names.includes(one)).join()) {
    findings.push(`${language}: the names are in another order`);
  }
}

function compareTexts(language, name, value, categories) {
  const isPlural = typeof english[name] === "object";
  if (isPlural !== (typeof value === "object")) {
    findings.push(`${language}: ${name} must ${isPlural ? "" : "not "}have plurals`);
    return;
  }
  if (isPlural && Object.keys(value).sort().join() !== [...categories].sort().join()) {
    findings.push(`${language}: ${name} must have the plurals ${categories.join(", ")}`);
  }
  const parameters = parametersOf(isPlural ? english[name].other : english[name]);
  for (const [category, text] of isPlural ? Object.entries(value) : [["", value]]) {
    compareParameters({ language, name, category, text, parameters });
  }
}

function compareParameters({ language, name, category, text, parameters }) {
  // The server's own sentences are English: elsewhere an error is told without them.
  const expected = language !== "en" ? parameters.filter((one) => one !== "{message}") : parameters;
  const found = parametersOf(text);
  const withCount =
    namesNumber.has(category) && expected.includes("{count}") && !found.includes("{count}")
      ? [...found, "{count}"].sort()
      : found;
  if (text.trim() === "" || text !== text.trim()) {
    findings.push(`${language}: ${name} is empty, or has spaces at its ends`);
  }
  if (withCount.join() !== expected.join()) {
    findings.push(`${language}: ${name} ${category} must have ${expected.join(", ") || "none"}`);
  }
}

/** Returns the text of all scripts, pages and classes. */
function sources(path) {
  return readdirSync(path, { withFileTypes: true })
    .map((entry) => {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) {
        return sources(inside);
      }
      return /\.(js|html|java)$/.test(entry.name) ? readFileSync(inside, "utf8") : "";
    })
    .join("\n");
}

function findUnused() {
  const text = sources(main);
  // `badge.${kind}` in a script names all words that begin so, and "refusal." + type in Java.
  const beginnings = /(?:`([\w.]+\.)\$\{|"([\w.]+\.)" \+)/g;
  const prefixes = [...text.matchAll(beginnings)].map(([, first, second]) => first ?? second);
  for (const name of Object.keys(english)) {
    const isNamed = [`"${name}"`, `{word:${name}}`].some((one) => text.includes(one));
    if (!isNamed && !prefixes.some((prefix) => name.startsWith(prefix)) && name !== "direction") {
      findings.push(`en: nothing says ${name}`);
    }
  }
}

const languages = readdirSync(folder).map((file) => file.replace(".json", ""));
languages.forEach((language) => compare(language, read(language)));
findUnused();
if (findings.length > 0) {
  console.error(findings.join("\n"));
  process.exit(1);
}
console.log(`${languages.length} languages, ${Object.keys(english).length} words in each`);
