import { sheet } from "../common/base-style.js";

/** What the administrators' page needs besides the style sheet of every element. */
export const administrationStyle = sheet(`
  :host { display: block; color: var(--text); line-height: 1.5; }
  .top { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center;
    justify-content: space-between; margin: 1rem 0; }
  .top .buttons { margin: 0; justify-content: flex-start; }
  .unknown { visibility: hidden; }
  .views { display: flex; gap: .25rem; border-bottom: 1px solid var(--border); }
  .views a { padding: .5rem .9rem; color: var(--muted); text-decoration: none;
    border-bottom: 3px solid transparent; }
  .views a[aria-current] { color: var(--text); font-weight: 600; border-color: var(--accent); }
  .filters { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: end; padding: 0 1rem 1rem;
    background: var(--shade); border-radius: var(--radius); }
  .filters .grid { display: grid; flex: 0 1 30rem; gap: 0 1rem;
    grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); }
  .filters [open] { flex: 0 0 100%; }
  .filters .buttons { margin-top: 1rem; justify-content: flex-start; }
  .filters .field { display: grid; grid-row: span 3; grid-template-rows: subgrid;
    margin: 1rem 0 0; }
  .filters label { align-self: end; }
  .check { display: flex; gap: .6rem; align-items: baseline; margin: 0; font-weight: 400; }
  .check + .hint { margin: .1rem 0 1rem 1.6rem; }
  summary { width: fit-content; }
  .filters summary { margin-top: 1rem; padding: .4rem 0; }
  .found { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: flex-start;
    justify-content: space-between; min-height: 4rem; padding: .75rem 0; }
  .found p { margin: 0; padding: .4rem 0; }
  .found .buttons { margin: 0; }
  .list { min-height: 12rem; }
  .list[aria-busy=true] { opacity: .6; }
  table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: .9375rem; }
  th { padding: .5rem; text-align: start; color: var(--muted); font-weight: 600;
    border-bottom: 2px solid var(--border); }
  th:first-child { width: 22%; }
  th:last-child { width: 8rem; }
  .events th:last-child { width: 18%; }
  td { padding: .5rem; vertical-align: top; overflow-wrap: anywhere;
    border-bottom: 1px solid var(--border); }
  tr[data-tag] { content-visibility: auto; }
  .opened > td { padding: .75rem 1rem 1.25rem; background: var(--shade); }
  .columns { display: grid; grid-template-columns: 3fr 2fr; gap: 1.5rem; }
  .columns h2 { margin-top: 1rem; font: inherit; font-weight: 600; }
  .opened .buttons { justify-content: flex-start; }
  .opened .unused { background: var(--surface); }
  code { display: block; font: .9rem ui-monospace, monospace; }
  .clamped { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2;
    overflow: hidden; }
  :dir(rtl) > .clamped { text-align: right; }
  .link { padding: 0; color: var(--accent); text-align: start; text-decoration: underline;
    background: none; border: 0; border-radius: 0; }
  .link:hover { background: none; text-decoration-thickness: 2px; }
  td .name { display: none; }
  .history { margin: .5rem 0; padding-inline-start: 1.25rem; }
  .history li { margin-bottom: .5rem; }
  .history .hint { display: block; }
  .history p { margin: 0; }
  .pager { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 1rem 0; }
  .pager label { margin: 0; margin-inline-start: auto; font-weight: 400; }
  .pager select { width: auto; }
  button:disabled { opacity: .55; cursor: default; }
  button:disabled:hover { background: var(--surface); }
  @media (max-width: 60rem) {
    table, tbody, tr, td { display: block; }
    thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    tr { padding: .75rem 0; border-bottom: 1px solid var(--border); }
    td { display: grid; grid-template-columns: 8rem 1fr; gap: 0 .75rem; padding: .15rem 0; border: 0; }
    td .name { display: block; grid-row: 1 / span 9; color: var(--muted); }
    td.nothing { display: none; }
    td > :not(.name) { grid-column: 2; justify-self: start; }
    tr[data-tag] { contain-intrinsic-size: auto 16rem; }
    .opened { padding: 0; }
    .opened > td { display: block; }
    .columns { grid-template-columns: 1fr; gap: 0; }
    .pager label { margin-inline-start: 0; }
  }
  @media (forced-colors: active) {
    .views a:not([aria-current]) { border-color: Canvas; }
  }
  @media print {
    .filters, .pager, .details { display: none; }
    .link { display: inline; color: inherit; text-decoration: none; }
    tr[data-tag] { content-visibility: visible; }
  }
`);
