import { sheet } from "../common/base-style.js";

/** What the list needs besides the style sheet of every element. */
export const listStyle = sheet(`
  :host { display: block; color: var(--text); line-height: 1.5; }
  .toolbar { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
  .toolbar p { margin: 0; }
  .toolbar .search { display: flex; gap: .5rem; align-items: center; margin-inline-start: auto; }
  .toolbar .why { flex: 0 1 auto; }
  .toolbar label { margin: 0; font-weight: 400; }
  .toolbar input { width: 14rem; }
  .muted { color: var(--muted); }
  .first { margin-top: 1rem; padding: 2rem 1.5rem; text-align: center; border-radius: var(--radius);
    border: 1px dashed var(--border); }
  .first p { max-width: 34rem; margin: .5rem auto; }
  .first button { margin-top: .75rem; }
  .first strong, .card > strong { font-size: 1.15rem; }
  .card { margin: 1rem 0 0; padding: 1rem 1.5rem 1.25rem; border: 1px solid var(--border);
    border-radius: var(--radius); }
  table { display: block; width: 100%; margin-top: 1rem; font-size: .9375rem; }
  thead, tbody { display: block; }
  .heads, .key { display: grid; gap: 0 1rem; padding: .6rem .75rem; align-items: start;
    grid-template-columns: minmax(0, 3fr) 7rem minmax(0, 2fr) 7.5rem 9.5rem 6.5rem; }
  .heads { padding-block: 0; align-items: end; border-bottom: 2px solid var(--border); }
  .heads button { padding: .4rem 0; font-weight: 600; color: var(--muted); text-align: start;
    background: none; border: 0; border-radius: 0; }
  .heads button:hover, [aria-sort] button { color: var(--text); }
  .arrow { display: inline-block; width: 1.2em; text-align: center; }
  [aria-sort=ascending] .arrow::after { content: "▲" / ""; font-size: .7em; }
  [aria-sort=descending] .arrow::after { content: "▼" / ""; font-size: .7em; }
  .key { content-visibility: auto; contain-intrinsic-size: auto 4rem;
    border-bottom: 1px solid var(--border); }
  .key:has([aria-expanded=true]) { background: var(--shade); }
  th, td { display: block; padding: 0; text-align: start; overflow-wrap: anywhere; }
  td.toggle { text-align: end; white-space: nowrap; }
  td code { display: block; color: var(--muted); font: .875rem ui-monospace, monospace; }
  :dir(rtl) > td :is(code, .clamped) { text-align: right; }
  .key .badge { margin-bottom: .15rem; }
  .clamped { display: block; max-height: 3em; overflow: hidden; text-overflow: ellipsis; }
  td.toggle button::after { content: " ▾" / ""; }
  td.toggle [aria-expanded=true]::after { content: " ▴" / ""; }
  .opened { display: block; padding: .25rem .75rem 1.25rem; background: var(--shade);
    border-bottom: 1px solid var(--border); }
  .opened .buttons, .card .buttons { justify-content: flex-start; }
  summary { margin-top: 1rem; cursor: pointer; width: fit-content; }
  .history ol { margin: .5rem 0 0; padding-inline-start: 1.25rem; }
  .history .hint { display: block; }
  .end { height: 1px; }
  @media print {
    .key { content-visibility: visible; }
    .toolbar button, .toolbar .search, td.toggle { display: none; }
    .heads button { display: inline; }
  }
  @media (max-width: 56rem) {
    .heads { display: flex; flex-wrap: wrap; padding: 0; gap: 0 1rem; }
    .heads .toggle { display: none; }
    .key { display: block; padding: .75rem; margin-top: .75rem; contain-intrinsic-size: auto 13rem;
      border: 1px solid var(--border); border-radius: var(--radius); }
    .key:has([aria-expanded=true]) { border-radius: var(--radius) var(--radius) 0 0; }
    .opened { border: solid var(--border); border-width: 0 1px 1px;
      border-radius: 0 0 var(--radius) var(--radius); }
    td { display: grid; grid-template-columns: 7rem 1fr; gap: 0 .75rem; padding: .15rem 0; }
    td::before { content: attr(data-name) / ""; grid-row: 1 / span 2; color: var(--muted); }
    td > * { grid-column: 2; justify-self: start; }
    td.description, td.toggle, .opened td { display: block; }
    td.description::before { content: none; }
    td.description bdi { font-weight: 600; }
    .toolbar .search { margin: 0; width: 100%; }
    .toolbar input { width: 100%; }
  }
`);
