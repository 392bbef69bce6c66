import { el, field } from "../common/dom.js";
import { Problem } from "../common/rest.js";
import { mayBeKey } from "./address.js";

/** A field for why something is done, which the audit keeps. */
export function reasonField(words) {
  const input = el("input", { dir: "auto", autocomplete: "off", maxlength: 200 });
  return {
    input,
    fields: [field(words.text("admin.reason"), "reason", input)],
    request: () => (input.value ? { reason: input.value } : {}),
  };
}

/** A field for a word that nobody types by mistake. */
export function wordField(words, word) {
  const input = el("input", { autocomplete: "off", autocapitalize: "off", spellcheck: "false" });
  return {
    fields: [field(words.text("admin.word", { word }), "word", input)],

    /** Fails unless the word is there. */
    check() {
      if (input.value.trim().toLowerCase() !== word.toLowerCase()) {
        throw new Problem({
          errors: [{ field: "word", text: words.text("admin.word.wrong", { word }) }],
        });
      }
    },
  };
}

/** A field for an owner's name. A key that is pasted there by mistake is removed, and never sent. */
export function ownerField(words, name) {
  const input = el("input", { dir: "auto", autocomplete: "off", spellcheck: "false" });
  return {
    fields: [field(words.text("admin.filter.owner"), name, input)],

    /** Returns the name; fails if it may be a key. */
    value() {
      if (mayBeKey(input.value)) {
        input.value = "";
        throw new Problem({ errors: [{ field: name, text: words.text("admin.filters.isKey") }] });
      }
      return input.value;
    },
  };
}
