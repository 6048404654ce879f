/** The details: head, parts, stack, timeline, operation chain, waterfall. */
export const DETAIL_STYLE = String.raw`
.head { margin-bottom: 20px; display: grid; gap: 8px; }
.head h1 { font-size: 22px; line-height: 1.3; letter-spacing: -0.015em; overflow-wrap: anywhere; }
.head > .value { font-size: 15px; overflow-wrap: anywhere; white-space: pre-wrap; max-height: 240px; overflow-y: auto; }
.line { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 10px; min-width: 0; }
.line > * { min-width: 0; overflow-wrap: anywhere; }
.line time, .dim { color: var(--dim); font-size: 13px; overflow-wrap: anywhere; }
.steps { display: flex; flex-wrap: wrap; gap: 8px; align-items: baseline; margin-left: auto; }
.part { margin-bottom: 16px; padding: 14px 18px 16px; border: 1px solid var(--line); border-radius: 11px; background: var(--panel); }
.part h2 { margin-bottom: 10px; font-size: 14px; font-weight: 650; }
.part h2 small, summary small, .exception h3 small { margin-left: 8px; color: var(--dim); font-weight: 400; font-size: 12.5px; }
.part > details > summary b { font-weight: 650; }
.folded-context + .folded-context { margin-top: 4px; }
.folded-context > summary { font-family: var(--mono); font-size: 12.5px; }
summary { cursor: pointer; }
details[open] > summary { margin-bottom: 8px; }
.inner { margin-top: 12px; }
.inner h3, .variables h4 { margin-bottom: 4px; color: var(--dim); font-size: 12.5px; font-weight: 600; }

.pairs { display: grid; grid-template-columns: minmax(90px, max-content) minmax(0, 1fr); gap: 3px 18px; font-size: 13px; }
.pairs dt { color: var(--dim); max-width: 260px; overflow-wrap: anywhere; font-family: var(--mono); font-size: 12.5px; }
.pairs dd { min-width: 0; overflow-wrap: anywhere; max-height: 420px; overflow-y: auto; }
.string { white-space: pre-wrap; }
.literal { color: var(--blue); font-family: var(--mono); font-size: 12.5px; }
.nothing { color: var(--dim); font-style: italic; }
code.inline, code.wrap { overflow-wrap: anywhere; white-space: pre-wrap; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; min-width: 0; }
.chips li { display: flex; max-width: 100%; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; font-size: 12.5px; line-height: 22px; }
.chips b { flex: none; max-width: 240px; padding: 0 8px; background: var(--raised); color: var(--dim); font-weight: 500; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.chips span { padding: 0 8px; background: var(--panel); overflow-wrap: anywhere; min-width: 0; }
mark.filtered { padding: 0 4px; border-radius: 4px; background: var(--green-soft); color: var(--green); }
.scrubbed { border-color: color-mix(in srgb, var(--green) 35%, var(--line)); }
.scrubbed summary b { color: var(--green); }
.scrubbed { padding-bottom: 14px; }

.exception + .exception { margin-top: 18px; padding-top: 14px; border-top: 1px dashed var(--line); }
.exception h3 { font-size: 14px; overflow-wrap: anywhere; }
.exception > .value { margin: 2px 0 10px; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 200px; overflow-y: auto; }
.exception .cause { color: var(--dim); font-size: 12.5px; }
.frames { border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.frames > li + li { border-top: 1px solid var(--line); }
.frames .frames { margin: 4px 10px 10px; }
.frame.bare, .frame > details > summary, .folded > details > summary { padding: 6px 12px; }
.frame > details[open] > summary { margin-bottom: 0; }
.frame.own { box-shadow: inset 3px 0 0 var(--accent); }
.frame.own .function { font-weight: 650; }
.frame .function { margin-right: 10px; overflow-wrap: anywhere; }
.frame .place { color: var(--dim); font-size: 12.5px; overflow-wrap: anywhere; }
.frame:not(.own), .folded { background: var(--raised); }
.folded > details > summary { color: var(--dim); font-size: 12.5px; }
.source { padding: 6px 0; overflow-x: auto; background: var(--bg); line-height: 1.6; border-top: 1px solid var(--line); tab-size: 4; }
.line.hit, .source .line { display: block; width: max-content; min-width: 100%; padding-right: 14px; }
.source .line i { display: inline-block; width: 52px; padding-right: 14px; text-align: right; color: var(--dim); font-style: normal; user-select: none; }
.source .line.hit { background: var(--red-soft); box-shadow: inset 3px 0 0 var(--red); }
.frame-note { padding: 5px 14px; border-top: 1px solid var(--line); color: var(--dim); font-size: 12.5px; }
.hint { padding: 10px 0 0; font-size: 12.5px; }
.variables { padding: 10px 14px; border-top: 1px solid var(--line); }

.chain { counter-reset: step; }
.chain li { position: relative; padding: 0 0 14px 30px; }
.chain li:last-child { padding-bottom: 0; }
.chain li::before {
  counter-increment: step; content: counter(step); position: absolute; left: 0; top: 1px; width: 19px; height: 19px; border-radius: 50%;
  background: var(--accent-soft); color: var(--accent); font-size: 11px; font-weight: 650; line-height: 19px; text-align: center;
}
.chain li:not(:last-child)::after { content: ''; position: absolute; left: 9px; top: 23px; bottom: 2px; width: 1px; background: var(--line); }
.chain li.failed::before { background: var(--red-soft); color: var(--red); }
.chain + .pairs, .chain .pairs { margin-top: 4px; }
.crumbs li { position: relative; display: grid; grid-template-columns: 78px minmax(0, 1fr); gap: 0 30px; padding-bottom: 10px; }
.crumbs li:last-child { padding-bottom: 0; }
.crumbs .when { text-align: right; color: var(--dim); font-size: 12.5px; line-height: 21px; }
.crumbs li::before { content: ''; position: absolute; left: 89px; top: 7px; width: 9px; height: 9px; border-radius: 50%; background: var(--c5); z-index: 1; }
.crumbs li:not(:last-child)::after { content: ''; position: absolute; left: 93px; top: 12px; bottom: -7px; width: 1px; background: var(--line); }
.crumbs li.error::before, .crumbs li.fatal::before { background: var(--red); }
.crumbs li.warning::before { background: var(--amber); }
.crumbs li code:first-child { color: var(--accent); }
.crumbs .pairs { margin-top: 2px; font-size: 12.5px; }

.ruler { display: flex; justify-content: space-between; margin: 0 92px 4px 42%; color: var(--dim); font-size: 11.5px; font-variant-numeric: tabular-nums; }
.waterfall > li { border-top: 1px solid var(--line); }
.waterfall > li > details > summary { display: grid; grid-template-columns: 42% minmax(0, 1fr) 80px; gap: 0 6px; align-items: center; min-height: 30px; list-style: none; border-radius: 5px; }
.waterfall > li > details > summary::-webkit-details-marker { display: none; }
.waterfall > li > details > summary:hover { background: var(--raised); }
.waterfall > li > details[open] > summary { margin-bottom: 0; background: var(--raised); }
.waterfall .label { display: flex; align-items: baseline; gap: 8px; min-width: 0; padding-right: 10px; }
.waterfall .label code { flex: none; max-width: 45%; overflow: hidden; text-overflow: ellipsis; color: var(--dim); font-size: 11.5px; white-space: nowrap; }
.waterfall .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.waterfall .track { position: relative; height: 14px; background: linear-gradient(90deg, var(--line) 1px, transparent 1px) 0 0 / 25% 100%; border-right: 1px solid var(--line); }
.waterfall .span { position: absolute; top: 1px; height: 12px; min-width: 3px; border-radius: 3px; }
.waterfall .length { text-align: right; color: var(--dim); font-size: 12.5px; }
.waterfall li.bad .name { color: var(--red); }
.waterfall .facts { padding: 10px 14px 14px; display: grid; gap: 10px; border-top: 1px solid var(--line); }
.full { overflow-wrap: anywhere; font-family: var(--mono); font-size: 12.5px; }
.c0 { background: var(--c0); } .c1 { background: var(--c1); } .c2 { background: var(--c2); }
.c3 { background: var(--c3); } .c4 { background: var(--c4); } .c5 { background: var(--c5); }
.span.bad { background: repeating-linear-gradient(45deg, var(--red) 0 5px, color-mix(in srgb, var(--red) 72%, transparent) 5px 9px); }
.mark { display: inline-block; max-width: 100%; margin: 0 0 6px; padding: 1px 9px; border-radius: 6px; background: var(--blue-soft); color: var(--blue); font-size: 12.5px; overflow-wrap: anywhere; }
.mark.error, .mark.fatal { background: var(--red-soft); color: var(--red); }
.mark.warning { background: var(--amber-soft); color: var(--amber); }
.mark:hover { text-decoration: underline; }

pre.json { padding: 9px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--bg); white-space: pre-wrap; overflow-wrap: anywhere; max-height: 420px; overflow-y: auto; }
pre.json.whole { max-height: none; background: var(--panel); }
.j-name { color: var(--accent); } .j-string { color: var(--green); } .j-literal { color: var(--blue); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th { text-align: left; color: var(--dim); font-weight: 600; font-size: 12.5px; }
th, td { padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: anywhere; min-width: 74px; }

@media (max-width: 760px) {
  .part { padding: 12px 12px 14px; }
  .pairs { grid-template-columns: minmax(70px, 36%) minmax(0, 1fr); gap: 3px 12px; }
  .crumbs li { grid-template-columns: minmax(0, 1fr); padding-left: 20px; }
  .crumbs .when { text-align: left; }
  .crumbs li::before { left: 0; } .crumbs li:not(:last-child)::after { left: 4px; }
  .ruler { margin: 0 0 4px; }
  .waterfall > li > details > summary { grid-template-columns: minmax(0, 1fr) auto; gap: 2px 8px; padding: 5px 0; }
  .waterfall .label { grid-column: 1; padding-right: 0; } .waterfall .length { grid-column: 2; grid-row: 1; } .waterfall .track { grid-column: 1 / -1; }
}
`;
