import { el } from "../dom.js";
import { asQuery } from "./address.js";

const kinds = {
  lines: "application/x-ndjson",
  ocsf: "application/x-ndjson;profile=ocsf",
};

/**
 * Returns the buttons that save the events of a filter as a file.
 *
 * @param run(action) runs it, and tells of problems
 */
export function exportButtons(words, keys, filter, run) {
  return Object.entries(kinds).map(([kind, mediaType]) =>
    el(
      "button",
      {
        type: "button",
        onclick: () =>
          run(async () =>
            save(await keys.export(asQuery(filter), mediaType), `events-${kind}.ndjson`),
          ),
      },
      words.text(`admin.export.${kind}`),
    ),
  );
}

function save(file, name) {
  const url = URL.createObjectURL(file);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser reads it meanwhile
}
