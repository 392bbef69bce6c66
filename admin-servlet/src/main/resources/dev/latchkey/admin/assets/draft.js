const name = "latchkey-draft";
const lifetime = 15 * 60_000; // ms

/** What may be a key, or something of the like: it is not written down. */
const maybeSecret = /[\w-]{32}/;

/**
 * Keeps what was typed into a dialog while the user logs in again.
 *
 * @param of element and owner
 * @param dialog tells the view, and what it is about; its controls are kept, but for what may be a
 *     secret
 */
export function keepDraft(of, { draft, element }) {
  if (!draft) {
    return;
  }
  const controls = [...element.querySelectorAll("input, select")]
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

/** Returns the draft of an element, if there is one. */
export function keptDraft(element) {
  try {
    const draft = JSON.parse(sessionStorage.getItem(name));
    return draft?.element === element && draft.until > Date.now() ? draft : undefined;
  } catch {
    return undefined;
  }
}

export function forgetDraft() {
  sessionStorage.removeItem(name);
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
