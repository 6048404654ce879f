/** Missed runs of monitors: the inbox knows how to read a schedule. */
export const MISSED_SCRIPT = String.raw`
/** When runs of a monitor were due that did not start, in milliseconds: what is known so far; asks again each minute. */
const missedRunsOf = (() => {
  const known = new Map();
  const load = async (query) => {
    const answer = await fetch('/api/missed-runs?' + new URLSearchParams(query));
    return answer.ok ? arrayOf(await answer.json()).filter(Number.isFinite) : [];
  };
  return (monitor) => {
    const query = missedQuery(monitor);
    if (query === undefined) return [];
    const asked = minute() + JSON.stringify(query);
    const entry = known.get(monitor.key) || { asked: '', runs: [] };
    known.set(monitor.key, entry);
    if (entry.asked !== asked) {
      entry.asked = asked;
      load(query).then((runs) => {
        if (entry.asked !== asked || String(runs) === String(entry.runs)) return;
        entry.runs = runs;
        inbox.redraw();
      }, () => {}); // the stream reports the lost connection
    }
    return entry.runs;
  };
})();
`;
