/** What the page knows: the items as the inbox has them, kept up to date by its stream. */
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

  /** Summaries outlive a change of the list: an event never changes. */
  const summaries = new WeakMap();
  const summary = (item) => {
    if (!summaries.has(item)) summaries.set(item, summaryOf(item));
    return summaries.get(item);
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

  /**
   * The list first, then for some seconds a look at its head each second, then the stream. A headless browser that
   * takes a picture waits until no request is open, and a stream always is.
   */
  const start = async (tell) => {
    for (let looks = 0; looks < 10; looks += 1) {
      try {
        const [newest] = looks === 0 ? [] : await read('?limit=1');
        if (looks === 0 || (newest && newest.id) !== (items[0] && items[0].id)) await load();
        tell('live');
      } catch (error) {
        break; // the stream says that it is away, and tries again
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    connect(tell);
  };

  const connect = (tell) => {
    const source = new EventSource('/api/stream');
    let early = null;
    source.onopen = () => {
      // What arrives while the list is being read is added to it afterwards.
      early = [];
      load().then(
        () => {
          const missed = early.filter((item) => !known.has(item.id));
          early = null;
          if (missed.length > 0) replace(missed.reverse().concat(items));
          tell('live');
        },
        () => { early = null; tell('failed'); });
    };
    source.onerror = () => {
      live = false;
      tell('away');
      if (source.readyState === EventSource.CLOSED) setTimeout(() => connect(tell), 1000);
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
    onArrival: (listener) => (arrived = listener),
    isLive: () => live,
    items: () => items,
    events,
    groups,
    groupOf: (event) => groups(event.view).find((group) => group.includes(event)) || [event],
    traces: () => derive('traces', () => tracesOf(items, events())),
    others: () => derive('others', () => items.filter((item) => !['event', 'transaction', 'span'].includes(item.type))),
    event: (id) => events().find((event) => event.id === id || event.item.id === id),
    item: (id) => items.find((item) => item.id === id),
    clear: () => fetch('/api/items', { method: 'DELETE' }),
  };
})();
`;
