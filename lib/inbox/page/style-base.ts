/** Colours, typography, the frame and the lists. */
export const BASE_STYLE = String.raw`
:root {
  color-scheme: light dark;
  --bg: light-dark(#f6f6f8, #0f1014); --panel: light-dark(#ffffff, #16171d); --raised: light-dark(#f1f1f4, #1f2028); --line: light-dark(#e2e2e8, #2b2d37); --text: light-dark(#1c1c24, #ececf1); --dim: light-dark(#646472, #9c9dab);
  --accent: light-dark(#5b45c2, #a594f9); --accent-soft: light-dark(#ece8fb, #2a2546); --on-accent: light-dark(#ffffff, #14121f);
  --red: light-dark(#b42318, #ff8a80); --red-soft: light-dark(#fde8e6, #3d1d1d); --amber: light-dark(#8f5600, #f2b84b); --amber-soft: light-dark(#fdf0d5, #362a12); --blue: light-dark(#175cb0, #83b8ff); --blue-soft: light-dark(#e3eefb, #18293f);
  --green: light-dark(#1a7f4b, #6fd6a0); --green-soft: light-dark(#ddf3e6, #143023);
  --c0: light-dark(#6e56cf, #9b87f5); --c1: light-dark(#2f9e8f, #3fbfae); --c2: light-dark(#2b7de0, #5aa2ff); --c3: light-dark(#d0781a, #e89a45); --c4: light-dark(#b8458f, #dc74b8); --c5: light-dark(#7b8494, #8b94a5);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
:root.light { color-scheme: light; }
:root.dark { color-scheme: dark; }
[hidden] { display: none !important; }
* { box-sizing: border-box; }
html, body { height: 100%; }
body {
  margin: 0; display: grid; grid-template: auto minmax(0, 1fr) / minmax(0, 1fr); background: var(--bg); color: var(--text);
  font: 14px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif;
}
h1, h2, h3, h4, p, ol, ul, dl, dd, pre { margin: 0; padding: 0; }
ol, ul { list-style: none; }
a { color: inherit; text-decoration: none; }
code, pre { font-family: var(--mono); font-size: 12.5px; }
time, .count, .length, .when { font-variant-numeric: tabular-nums; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.detail:focus { outline: none; }
.quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.skip { position: absolute; left: 8px; top: -60px; z-index: 9; padding: 8px 12px; background: var(--panel); border-radius: 6px; }
.skip:focus { top: 8px; }

.bar { display: flex; align-items: center; gap: 8px 20px; padding: 0 16px; min-height: 52px; background: var(--panel); border-bottom: 1px solid var(--line); }
.brand { display: flex; align-items: center; gap: 9px; font-weight: 650; letter-spacing: -0.01em; }
.brand img { display: block; }
.tabs { display: flex; align-self: stretch; gap: 2px; min-width: 0; overflow-x: auto; scrollbar-width: none; }
.tab { display: flex; align-items: center; gap: 7px; flex: none; padding: 0 9px; color: var(--dim); border-bottom: 2px solid transparent; border-top: 2px solid transparent; }
.tab:hover { color: var(--text); }
.tab[aria-current] { color: var(--text); border-bottom-color: var(--accent); font-weight: 600; }
.tab:focus-visible { outline-offset: -3px; border-radius: 6px; }
.count { padding: 0 7px; border-radius: 9px; background: var(--raised); color: var(--dim); font-size: 12px; font-weight: 500; line-height: 18px; white-space: nowrap; }
.tools { display: flex; flex: 1 1 320px; justify-content: flex-end; align-items: center; gap: 8px; min-width: 0; margin-left: auto; }
#filter { flex: 0 1 240px; min-width: 90px; padding: 5px 10px; border: 1px solid var(--line); border-radius: 7px; background: var(--bg); color: var(--text); font: inherit; }
#filter::placeholder { color: var(--dim); }
.live { display: flex; align-items: center; gap: 7px; color: var(--dim); font-size: 13px; white-space: nowrap; }
.live i { width: 8px; height: 8px; border-radius: 50%; background: var(--amber); }
.live.live i { background: var(--green); }
.live.failed i { background: var(--red); }
.button {
  display: inline-block; padding: 5px 12px; border: 1px solid var(--line); border-radius: 7px; background: var(--panel); color: var(--text);
  font: inherit; line-height: 1.4; cursor: pointer; white-space: nowrap;
}
.button:hover { background: var(--raised); }
.button.small { padding: 2px 9px; font-size: 12.5px; }
.button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
.button.primary:hover { filter: brightness(1.08); }

main { display: grid; grid-template-columns: minmax(280px, 380px) minmax(0, 1fr); min-height: 0; }
.list { overflow-y: auto; border-right: 1px solid var(--line); background: var(--panel); scrollbar-width: thin; }
.detail { overflow-y: auto; overflow-wrap: anywhere; padding: 22px 28px 60px; scrollbar-width: thin; }
.detail > article { max-width: 1080px; }
.back { display: none; margin-bottom: 12px; }
.rows li { content-visibility: auto; contain-intrinsic-size: auto 86px; }
.rows li + li { border-top: 1px solid var(--line); }
.row { display: block; padding: 10px 16px 10px 13px; border-left: 3px solid transparent; }
.row:hover { background: var(--raised); }
.row[aria-current] { background: var(--accent-soft); border-left-color: var(--accent); }
.row[aria-current] .badge.ok { background: var(--green-soft); color: var(--green); }
.badge.op { background: var(--panel); }
.row:focus-visible { outline-offset: -2px; }
.row p { overflow: hidden; }
.row .top { display: flex; align-items: center; gap: 8px; }
.row .title { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.row .title.plain { font-weight: 400; }
.row .value { color: var(--text); display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow-wrap: anywhere; margin-top: 2px; }
.row .foot { display: flex; gap: 12px; justify-content: space-between; margin-top: 3px; color: var(--dim); font-size: 12.5px; }
.row .foot span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.row .foot time, .row .top time { flex: none; }
.row .top time { color: var(--dim); font-size: 12.5px; }
b.bad { color: var(--red); }
@keyframes fresh { from { background: var(--accent-soft); } }
.row.fresh { animation: fresh 1.6s ease-out; }
.note { padding: 16px; color: var(--dim); }

.badge { flex: none; padding: 0 7px; border-radius: 5px; background: var(--raised); color: var(--dim); font-size: 11.5px; font-weight: 600; line-height: 19px; white-space: nowrap; max-width: 240px; overflow: hidden; text-overflow: ellipsis; }
.badge.fatal, .badge.error, .badge.unhandled { background: var(--red-soft); color: var(--red); }
.badge.fatal { background: var(--red); color: var(--panel); }
.badge.warning { background: var(--amber-soft); color: var(--amber); }
.badge.info, .badge.log, .badge.method { background: var(--blue-soft); color: var(--blue); }
.badge.ok { background: var(--green-soft); color: var(--green); }
.badge.op { background: var(--accent-soft); color: var(--accent); }

.empty { max-width: 560px; margin: 9vh auto 0; display: grid; gap: 14px; }
.empty h1 { font-size: 21px; letter-spacing: -0.01em; }
.empty p { color: var(--dim); }
.dsn { display: flex; align-items: center; gap: 12px; justify-content: space-between; padding: 10px 12px; border: 1px solid var(--line); border-radius: 9px; background: var(--panel); }
.dsn code { overflow-wrap: anywhere; }

@media (max-width: 1100px) {
  .bar { flex-wrap: wrap; padding-top: 8px; }
  .tabs { order: 3; flex: 1 0 100%; height: 40px; }
}
@media (max-width: 760px) {
  html, body { height: auto; }
  body { display: block; }
  .bar { padding: 8px 12px 0; position: sticky; top: 0; z-index: 3; }
  .tab { padding: 0 8px; gap: 5px; font-size: 13px; }
  .tab .count { padding: 0 5px; font-size: 11.5px; }
  .tools { gap: 8px; min-width: 0; flex: 1; justify-content: flex-end; }
  #filter { min-width: 0; width: 100%; max-width: 130px; }
  main { display: block; }
  .list { border-right: 0; overflow: visible; min-height: calc(100vh - 90px); }
  .detail { display: none; overflow: visible; padding: 14px 14px 60px; }
  body.open .list { display: none; }
  body.open .detail { display: block; }
  .back { display: inline-block; }
  .empty { margin-top: 4vh; }
}
@media (prefers-reduced-motion: reduce) { .row.fresh { animation: none; } }
`;
