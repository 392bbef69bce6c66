import { el, field, option } from "../common/dom.js";
import { Problem } from "../common/rest.js";

/** Names what a limited key may do. A scope that the application has no more grants nothing. */
export const rightsOf = (words, names, scopes) =>
  names.map((name) => {
    const scope = scopes.find((declared) => declared.name === name);
    return el(
      "div",
      {},
      el("bdi", {}, scope ? scope.description : words.text("scopes.gone", { name })),
    );
  });

/** Lets the user limit a key to some scopes. */
export function chosenScopes(words, scopes, current = null) {
  if (scopes.length === 0) {
    return { fields: [], request: () => ({}) };
  }
  const gone = (current ?? []).filter((name) => !scopes.some((scope) => scope.name === name));
  const offered = [
    ...scopes,
    ...gone.map((name) => ({ name, description: words.text("scopes.gone", { name }) })),
  ];
  const boxes = offered.map(({ name, description, grantable = true }, number) => {
    const why = `scope-${number}-why`;
    const isCurrent = Boolean(current?.includes(name));
    const box = el("input", {
      type: "checkbox",
      value: name,
      checked: isCurrent,
      ...(!grantable && { "aria-describedby": why }),
      disabled: !grantable && !isCurrent, // what the key has can be taken away
    });
    const reason = el("p", { class: "hint", id: why }, words.text("scopes.notGrantable"));
    const label = el("label", {}, box, el("bdi", {}, description));
    return { box, rows: grantable ? [label] : [label, reason] };
  });
  const select = el(
    "select",
    {},
    option("all", words.text("scopes.all"), current === null),
    option("some", words.text("scopes.some"), current !== null),
  );
  const choice = el(
    "fieldset",
    { "aria-label": words.text("scopes.choice") },
    ...boxes.flatMap(({ rows }) => rows),
  );
  const update = () => {
    choice.hidden = select.value === "all";
  };
  select.addEventListener("change", update);
  update();
  return {
    fields: [field(words.text("scopes"), "rights", select), choice],
    request() {
      const chosen =
        select.value === "all"
          ? null
          : boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
      if (chosen?.length === 0) {
        throw new Problem({ errors: [{ field: "scopes", text: words.text("scopes.none") }] });
      }
      return sameScopes(chosen, current) ? {} : { scopes: chosen };
    },
  };
}

const sameScopes = (some, others) =>
  String(some && [...some].sort()) === String(others && [...others].sort());
