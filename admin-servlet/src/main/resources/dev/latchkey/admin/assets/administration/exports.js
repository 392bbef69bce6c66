import { el } from "../common/dom.js";
import { asQuery } from "./address.js";

const kinds = {
  lines: "application/x-ndjson",
  ocsf: "application/x-ndjson;profile=ocsf",
};

/**
 * Returns the buttons that save the events of a filter as a file, one at a time.
 *
 * @param run(action) runs it, and tells of problems
 */
export function exportButtons(words, keys, filter, run) {
  let isBusy = false;
  const working = (works) => {
    isBusy = works;
    buttons.forEach((button) => button.setAttribute("aria-disabled", works));
  };
  const saving = (kind, mediaType) => async () => {
    working(true);
    try {
      save(await keys.export(asQuery(filter), mediaType), `events-${kind}.ndjson`);
    } finally {
      working(false);
    }
  };
  const buttons = Object.entries(kinds).map(([kind, mediaType]) => {
    const onclick = () => isBusy || run(saving(kind, mediaType));
    return el("button", { type: "button", onclick }, words.text(`admin.export.${kind}`));
  });
  return buttons;
}

function save(file, name) {
  const url = URL.createObjectURL(file);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser reads it meanwhile
}
