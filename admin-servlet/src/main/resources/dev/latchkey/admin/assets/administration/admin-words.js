import english from "../words/administration/en.js";

/** The part of the catalogues that administrators alone read. */
export const ofAdministrators = {
  english,
  load: (language) => import(`../words/administration/${language}.js`),
};

/**
 * The words for administrators: what others read of their own keys, these read of anybody's. A text
 * `admin.as.x` is said in the place of `x`.
 */
export function administratorsWords(words) {
  const nameOf = (name) => (words.has(`admin.as.${name}`) ? `admin.as.${name}` : name);
  const named = {
    text: (name, parameters) => words.text(nameOf(name), parameters),
    nodes: (name, parameters) => words.nodes(nameOf(name), parameters),
  };
  return new Proxy(words, {
    get(target, member) {
      const value = named[member] ?? target[member];
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
