import { sheet } from "../common/base-style.js";

/** The style of dialogs, and of what else shows keys; it comes after that of every element. */
export const dialogStyle = sheet(`
  dialog { width: min(36rem, 100vw - 2rem); max-width: none; max-height: calc(100dvh - 2rem);
    padding: 1.5rem; overflow-wrap: anywhere; }
  dialog::backdrop { background: rgb(0 0 0 / .45); }
  h2 { margin: 0 0 1rem; font-size: 1.3rem; line-height: 1.3; }
  h2:focus, form:focus { outline: none; }
  h3 { margin: 0; font: 600 1rem ui-monospace, monospace; }
  p { margin: .75rem 0; }
  .field { margin: 1rem 0; }
  label { display: block; margin-bottom: .25rem; font-weight: 600; }
  fieldset { margin: -.5rem 0 1rem; padding: .25rem .75rem .5rem; border: 1px solid var(--border);
    border-radius: var(--radius); }
  fieldset label { display: flex; gap: .6rem; align-items: baseline; margin: .35rem 0;
    font-weight: 400; }
  fieldset label:has(:disabled) { color: var(--muted); }
  fieldset .hint { margin: -.35rem 0 .35rem 1.6rem; }
  input[type=checkbox] { flex: none; width: auto; accent-color: var(--accent); }
  input, select, textarea { display: block; width: 100%; padding: .45rem .6rem; font: inherit;
    color: inherit; background: var(--surface); border: 1px solid var(--field);
    border-radius: var(--radius); }
  select { min-height: 2.525rem; } /* as high as an input */
  [aria-invalid=true] { border-color: var(--danger); }
  textarea, pre { font: .95rem/1.5 ui-monospace, monospace; }
  textarea { resize: none; field-sizing: content; }
  pre { margin: .25rem 0 0; padding: .6rem; background: var(--shade); border-radius: var(--radius);
    white-space: pre-wrap; user-select: all; }
  .hint, .utc { color: var(--muted); font-size: .875rem; }
  .hint pre { color: var(--text); }
  .utc { display: block; }
  .error { color: var(--danger); }
  .note { padding: .6rem .8rem; border-radius: var(--radius);
    border-inline-start: .3rem solid var(--accent); background: var(--shade); }
  .note.warning { border-color: light-dark(#b26a00, #f0b95b); }
  .note.failure { border-color: var(--danger); }
  .note button { margin-inline-start: .5rem; }
  button.small { margin-block: .35rem; padding: .2rem .6rem; font-size: .875rem; }
  details { margin-top: .5rem; }
  summary { cursor: pointer; color: var(--muted); font-size: .875rem; }
  .buttons { display: flex; flex-wrap: wrap; gap: .5rem; justify-content: flex-end;
    margin-top: 1.25rem; }
  section .buttons { justify-content: flex-start; }
  section { padding-bottom: 1.25rem; margin-bottom: 1.25rem; border-bottom: 1px solid var(--border); }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.5rem; margin: 1rem 0 0; }
  dt { color: var(--muted); }
  dd { margin: 0; }
  .badge { display: inline-block; margin-inline-end: .5rem; padding: .05rem .55rem;
    border-radius: 1rem; font-size: .8125rem; white-space: nowrap; background: var(--shade); }
  .badge.active { color: light-dark(#14532d, #b5efc5); background: light-dark(#e0f3e5, #17402a); }
  .badge.soon { color: light-dark(#5f3b00, #ffdf9e); background: light-dark(#fdf0d0, #4b3710); }
  .badge.expired { color: light-dark(#8c1d18, #ffcac5); background: light-dark(#fce4e2, #58201c); }
  @media (max-width: 30rem) {
    dialog { padding: 1rem; }
    dl { grid-template-columns: 1fr; gap: 0; }
    dd { margin-bottom: .6rem; }
  }
  @media print {
    .buttons, button { display: none; }
    dialog { position: absolute; inset: 0; max-height: none; border: none; box-shadow: none; }
    dialog::backdrop { background: none; }
  }
`);
