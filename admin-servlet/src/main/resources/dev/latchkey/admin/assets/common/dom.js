/**
 * Creates an element with attributes, listeners (on…) and children. Strings become text nodes, never
 * HTML.
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (value === true) {
      element.setAttribute(key, "");
    } else if (value !== false && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children);
  return element;
}

/** Draws an icon from a path in a square of 24. */
export function icon(path) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(namespace, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

/** Creates a labelled control with an empty error message below it. */
export function field(label, name, ...controls) {
  const error = el("p", { class: "error", id: `${name}-error`, hidden: true });
  const [control] = controls;
  control.id = name;
  control.setAttribute("aria-describedby", `${name}-error`);
  return el("div", { class: "field" }, el("label", { for: name }, label), ...controls, error);
}

export const option = (value, text, selected = false) => el("option", { value, selected }, text);

/** Isolates foreign text, so that its writing direction does not reorder our sentence. */
export const isolated = (text) =>
  `\u2068${text.replace(/[\u2028-\u202e\u2066-\u2069]/g, "")}\u2069`;

/** Says that something is done. */
export const done = (text) => el("p", { class: "note", role: "status" }, text);

/** Says that something is not as one might think. */
export const warning = (text, role) => el("p", { class: "note warning", role }, text);

/** Returns what has the focus, across shadow roots. */
export function focused() {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) {
    at = at.shadowRoot.activeElement;
  }
  return at;
}
