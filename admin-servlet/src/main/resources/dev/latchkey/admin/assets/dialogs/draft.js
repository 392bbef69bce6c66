const name = "latchkey-draft";
const lifetime = 15 * 60_000; // ms

/** What may be a key, or something of the like: it is not written down. */
const maybeSecret = /[\w-]{32}/;

/**
 * Keeps what was typed into a dialog while the user logs in again.
 *
 * @param of element and owner
 * @param dialog tells the view, and what it is about; its controls are kept, but for what may be a
 *     secret, and for the word that confirms: it was typed for what was said then
 */
export function keepDraft(of, { draft, element }) {
  if (!draft) {
    return;
  }
  const controls = [...element.querySelectorAll("input:not(#word), select")]
    .filter(({ value }) => !maybeSecret.test(value))
    .map(({ id, type, value, checked }) =>
      type === "checkbox" ? { value, checked } : { id, value },
    );
  const until = Date.now() + lifetime;
  try {
    sessionStorage.setItem(name, JSON.stringify({ ...of, ...draft, until, controls }));
  } catch {
    // no storage: the dialog is to be filled in again
  }
}

/** Returns the draft of an element, if there is one; removes what is too old. */
function keptDraft(element) {
  try {
    const draft = JSON.parse(sessionStorage.getItem(name));
    if (draft && !(draft.until > Date.now())) {
      sessionStorage.removeItem(name);
      return undefined;
    }
    return draft?.element === element ? draft : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Opens the dialog again in which the login was found to have ended.
 *
 * @param load returns the state of the keys, once somebody has logged in
 * @param open shows a draft's dialog
 */
export async function resume(element, dialog, load, open) {
  const draft = keptDraft(element.localName);
  if (!draft) {
    return;
  }
  try {
    const state = await load();
    await element.speaking;
    sessionStorage.removeItem(name);
    if (draft.owner && draft.owner === state.owner && !dialog.element.open) {
      dialog.fillInNext(draft);
      open(draft, state);
    }
  } catch {
    // not logged in yet
  }
}

/** Fills the controls of a dialog in as they were. */
export function fillIn({ controls }, dialog) {
  for (const { id, value, checked } of controls) {
    const control = [...dialog.querySelectorAll("input, select")].find((one) =>
      checked === undefined ? one.id === id : one.type === "checkbox" && one.value === value,
    );
    if (control && !control.disabled) {
      if (checked === undefined) {
        control.value = value;
      } else {
        control.checked = checked;
      }
      control.dispatchEvent(new Event("input"));
      control.dispatchEvent(new Event("change"));
    }
  }
}
