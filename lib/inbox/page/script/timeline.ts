/** Small time lines: how often something happened, from the oldest item to now. */
export const TIMELINE_SCRIPT = String.raw`
const BUCKETS = 24;
const SHORTEST_RANGE = 600;

/** @param times - epoch seconds; @param from - where the line begins */
function bucketsOf(times, from, to) {
  const start = Math.min(from, to - SHORTEST_RANGE);
  const counts = new Array(BUCKETS).fill(0);
  for (const time of times) {
    const at = Math.floor(((time - start) / (to - start)) * BUCKETS);
    if (at >= 0) counts[Math.min(at, BUCKETS - 1)] += 1;
  }
  return { counts, start };
}

function timelineNode(times, kind) {
  const now = Date.now() / 1000;
  const { counts, start } = bucketsOf(times, inbox.oldest(), now);
  const most = Math.max(1, ...counts);
  const label = plural(times.length, 'occurrence') + ' since ' + clock(start) + ', at most ' + most + ' in ' + duration((now - start) / BUCKETS);
  const node = el('span', { class: 'timeline ' + kind, role: 'img', 'aria-label': label, title: label });
  // One element with a layer for each bar: a list has hundreds of these.
  const width = 100 / (BUCKETS - 1);
  node.style.backgroundImage = counts.filter(Boolean).map(() => 'linear-gradient(currentColor, currentColor)').join();
  node.style.backgroundSize = counts.filter(Boolean).map((count) => '3px ' + Math.round(20 + (80 * count) / most) + '%').join();
  node.style.backgroundPosition = counts.map((count, at) => (count > 0 ? (at * width).toFixed(1) + '% 100%' : '')).filter(Boolean).join();
  return node;
}

/** How long ago: 5 min. */
function ago(inSeconds) {
  const passed = Math.max(0, Date.now() / 1000 - inSeconds);
  if (!Number.isFinite(passed)) return '';
  if (passed < 60) return Math.floor(passed) + ' s ago';
  if (passed < 3600) return Math.floor(passed / 60) + ' min ago';
  if (passed < 86400) return Math.floor(passed / 3600) + ' h ago';
  return plural(Math.floor(passed / 86400), 'day') + ' ago';
}
`;
