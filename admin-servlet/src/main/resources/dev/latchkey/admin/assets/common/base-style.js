/** The style of what every element has. */
export const baseStyle = sheet(`
  :host {
    --accent: var(--api-key-accent, light-dark(#0b5cad, #8cc2ff));
    --on-accent: var(--api-key-on-accent, light-dark(#fff, #06223d));
    --surface: var(--api-key-surface, light-dark(#fff, #1c2026));
    --text: var(--api-key-text, light-dark(#1b1e23, #e9ebee));
    --muted: var(--api-key-muted, light-dark(#565d69, #a9b1bd));
    --border: var(--api-key-border, light-dark(#c5cad2, #4a515c));
    --danger: var(--api-key-danger, light-dark(#b3261e, #ffa199));
    --radius: var(--api-key-radius, .5rem);
    --field: var(--api-key-field, light-dark(#767d89, #8b93a0));
    --shade: light-dark(#f1f3f6, #2a3038);
    color-scheme: light dark;
    display: inline-block; vertical-align: middle;
  }
  [hidden] { display: none !important; }
  * { box-sizing: border-box; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  svg { display: block; width: 1.25rem; height: 1.25rem; fill: currentColor; }
  button { font: inherit; cursor: pointer; padding: .4rem .9rem; color: inherit;
    background: var(--surface); border: 1px solid var(--border); border-radius: var(--radius); }
  button:hover { background: var(--shade); }
  button.primary { color: var(--on-accent); background: var(--accent); border-color: var(--accent); }
  button.danger { color: var(--danger); border-color: var(--danger); }
  button.primary:hover { filter: brightness(1.1); }
  button[aria-disabled=true] { opacity: .55; cursor: progress; }
  .surface { color: var(--text); background: var(--surface); border: 1px solid var(--border);
    border-radius: var(--radius); font-size: 1rem; line-height: 1.5; text-align: start;
    font-weight: 400; font-style: normal; text-transform: none; text-indent: 0; text-shadow: none;
    letter-spacing: normal; word-spacing: normal; white-space: normal; cursor: auto;
    user-select: text; /* inherits only the font from the host's header bar */
    box-shadow: 0 .5rem 1.5rem rgb(0 0 0 / .25); }
`);

/** Makes a style sheet. */
export function sheet(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}
