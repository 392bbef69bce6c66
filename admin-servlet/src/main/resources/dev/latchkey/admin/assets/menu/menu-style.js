import { sheet } from "../common/base-style.js";

/** The style of the menu, and of the icon that it is behind. */
export const menuStyle = sheet(`
  .icon { position: relative; display: grid; place-items: center; width: 2.5rem; height: 2.5rem;
    padding: 0; color: inherit; background: none; border-radius: 50%; }
  .menu { position: fixed; inset: auto; margin: 0; padding: .4rem; min-width: 15rem;
    max-width: calc(100vw - 2rem); overflow: auto; }
  .menu p { margin: 0; padding: .4rem .7rem; color: var(--muted); }
  .menu p.hint { max-width: 18rem; font-size: .875rem; }
  .menu p.error { max-width: 18rem; color: var(--danger); }
  .menu button, .host ::slotted(*) { display: block; width: 100%; }
  .host ::slotted(script) { display: none; }
  .icon ::slotted(*) { max-width: 100%; max-height: 100%; border-radius: 50%; }
  .mark { position: absolute; inset-block-start: 0; inset-inline-end: 0; width: 1.1rem;
    font: 700 .75rem/1.1rem system-ui, sans-serif; border-radius: 50%;
    color: light-dark(#fff, #2b0a08); background: var(--danger); outline: 2px solid var(--surface);
    forced-color-adjust: none; }
  :host(:dir(rtl)) .own { text-align: right; } /* aligned with the host's entries */
  :host(:dir(ltr)) .own:dir(rtl) { text-align: left; }
  .menu button { padding: .45rem .7rem; text-align: inherit; border-color: transparent; }
  .menu .host { margin-top: .4rem; padding-top: .4rem; border-top: 1px solid var(--border); }
  @media print {
    .icon, .menu { display: none; }
  }
`);
