/** Time lines, jobs and monitors, delivery, help. */
export const VIEWS_STYLE = String.raw`
.timeline { flex: none; display: inline-block; width: 96px; height: 16px; border-bottom: 1px solid var(--line); background-repeat: no-repeat; color: var(--c2); }
.timeline.bad { color: var(--red); }
.row .foot .timeline { margin-left: auto; }
.line.issue { align-items: center; }
.runs { display: inline-flex; flex: none; gap: 2px; height: 14px; }
.runs i { width: 6px; border-radius: 2px; background: var(--c5); }
.runs i.ok { background: var(--green); } .runs i.error { background: var(--red); } .runs i.warning { background: var(--amber); } .runs i.info { background: var(--blue); }
.inline-link { color: var(--accent); text-decoration: underline; text-underline-offset: 2px; }
.chip { display: flex; max-width: 100%; padding: 0; border: 0; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer; }
.chip:hover span { text-decoration: underline; }
.below { margin-top: 8px; }

.part.relay { border-left-width: 4px; }
.relay.taken { margin: 0 0 16px; } .relay.taken b { color: var(--green); font-weight: 600; } .relay.changed { border-left-color: var(--amber); } .relay.refused { border-left-color: var(--red); }
.relay.refused b { color: var(--red); } .relay.changed b { color: var(--amber); }
.findings { margin-top: 6px; padding-left: 18px; list-style: disc; }

.button.icon { width: 30px; padding: 5px 0; text-align: center; }
#environment { max-width: 160px; padding: 5px 8px; border: 1px solid var(--line); border-radius: 7px; background: var(--bg); color: var(--text); font: inherit; }
.help {
  position: fixed; right: 16px; top: 60px; z-index: 8; width: min(420px, calc(100vw - 32px)); max-height: calc(100vh - 90px); overflow-y: auto;
  padding: 14px 18px 18px; border: 1px solid var(--line); border-radius: 11px; background: var(--panel); box-shadow: 0 12px 40px rgb(0 0 0 / 0.25);
}
.help h2 { margin: 8px 0; font-size: 14px; }
kbd { font-family: var(--mono); font-size: 12.5px; }
.both .list { min-height: 0; } .both .detail { display: block; }

@media (max-width: 1500px) { .brand span, .live span { display: none; } .bar { column-gap: 12px; } #environment { max-width: 130px; } }
@media (max-width: 760px) {
  .tools { gap: 6px; }
  #filter { max-width: none; flex: 1; }
  #environment { max-width: 96px; }
  .button.icon { width: 28px; }
  .timeline { width: 72px; }
  #keys { display: none; }
  .both .list { border-bottom: 1px solid var(--line); }
}
`;
