/** The items of the inbox, kept up to date by its stream. */
export const LIVE_SCRIPT = String.raw`
const inbox = (() => {
  const limit = Number(document.querySelector('meta[name=inbox-limit]').content);
  let items = [];
  let known = new Set();
  let live = false;
  let derived = {};
  let changed = () => {};
  let arrived = () => {};

  const derive = (name, make) => (name in derived ? derived[name] : (derived[name] = make()));
  const replace = (next) => {
    items = next.slice(0, limit);
    known = new Set(items.map((item) => item.id));
    derived = {};
    changed();
  };

  /** Summaries are cached across changes of the list: an event never changes. */
  const summaries = new WeakMap();
  const summary = (item) => {
    if (!summaries.has(item)) summaries.set(item, summaryOf(item));
    return summaries.get(item);
  };
  const findable = new WeakMap();
  const found = (event) => {
    if (!findable.has(event)) findable.set(event, searchableEvent(event));
    return findable.get(event);
  };
  const events = () => derive('events', () => items.filter((item) => item.type === 'event').map(summary));
  const groups = (view) => derive(view, () => groupEvents(events().filter((event) => event.view === view)));

  const read = async (query) => {
    const answer = await fetch('/api/items' + query);
    if (!answer.ok) throw new Error('status ' + answer.status);
    return answer.json();
  };
  const load = async () => {
    const loaded = await read('');
    const byId = new Map(items.map((item) => [item.id, item]));
    replace(loaded.map((item) => byId.get(item.id) || item));
    live = true;
  };

  /** A run is missed without any item that says so. */
  const eachMinute = () => setTimeout(() => {
    if (inbox.monitors().length > 0) changed();
    eachMinute();
  }, 60000);

  /**
   * Loads the list, then polls for its newest item for some seconds, then opens the stream. A headless browser takes a
   * screenshot only once no request is open, and a stream always is.
   */
  const start = async (setState) => {
    eachMinute();
    for (let polls = 0; polls < 10; polls += 1) {
      try {
        const [newest] = polls === 0 ? [] : await read('?limit=1');
        if (polls === 0 || (newest && newest.id) !== (items[0] && items[0].id)) await load();
        setState('live');
      } catch (error) {
        break; // the stream reports the lost connection and retries
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    connect(setState);
  };

  const connect = (setState) => {
    const source = new EventSource('/api/stream');
    let early = null;
    source.onopen = () => {
      // Items received while the list is loading are added afterwards.
      early = [];
      load().then(
        () => {
          const missed = early.filter((item) => !known.has(item.id));
          early = null;
          if (missed.length > 0) replace(missed.reverse().concat(items));
          setState('live');
        },
        () => { early = null; setState('failed'); });
    };
    source.onerror = () => {
      live = false;
      setState('away');
      if (source.readyState === EventSource.CLOSED) setTimeout(() => connect(setState), 1000);
    };
    source.addEventListener('item', (message) => {
      const item = JSON.parse(message.data);
      if (early) return void early.push(item);
      if (known.has(item.id)) return;
      replace([item].concat(items));
      arrived(item);
    });
    source.addEventListener('clear', () => {
      if (early) early.length = 0;
      replace([]);
    });
  };

  return {
    start,
    onChange: (listener) => (changed = listener),
    redraw: () => changed(),
    onArrival: (listener) => (arrived = listener),
    isLive: () => live,
    items: () => items,
    events,
    groups,
    found,
    /** Epoch seconds of the oldest event of the last week: where time lines begin. */
    oldest: () => derive('oldest', () => Math.max(Date.now() / 1000 - 7 * 86400, events().reduce((oldest, event) => Math.min(oldest, event.at), Date.now() / 1000))),
    environments: () => derive('environments', () => [...new Set(items.map(environmentOf).filter(Boolean))].sort().slice(0, 100)),
    jobs: () => derive('jobs', () => jobsOf(inbox.traces(), events())),
    monitors: () => derive('monitors', () => monitorsOf(items)),
    groupOf: (event) => groups(event.view).find((group) => group.includes(event)) || [event],
    traces: () => derive('traces', () => tracesOf(items, events())),
    alerts: () => derive('alerts', () => items.filter((item) => item.type === 'alert')),
    others: () => derive('others', () => items.filter((item) => !['event', 'transaction', 'span', 'alert'].includes(item.type))),
    event: (id) => events().find((event) => event.id === id || event.item.id === id),
    item: (id) => items.find((item) => item.id === id),
    clear: () => fetch('/api/items', { method: 'DELETE' }),
  };
})();
`;
