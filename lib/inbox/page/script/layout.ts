/** The frame: routing, tabs, connection state. */
export const SHELL_SCRIPT = String.raw`
const detail = document.getElementById('detail');
const filter = document.getElementById('filter');
let drawn = '';
let loaded = false;

/** #/event/<id>, #/trace/<id>, #/item/<id>, #/raw/<id>, or a view. */
function routeOf(hash) {
  const [kind = '', id = ''] = hash.replace(/^#\/?/, '').split('/');
  let decoded = id;
  try {
    decoded = decodeURIComponent(id);
  } catch (error) {
    decoded = id; // invalid encoding: no item has this id
  }
  return { kind, id: decoded };
}

/** Resolves a route to the view of the list, the selected id, and a function that draws the detail. */
function resolve({ kind, id }) {
  if (VIEWS.some(([name]) => name === kind)) return { view: kind, selected: '', sign: kind + loaded + (inbox.items().length > 0), draw: () => emptyNode() };
  if (kind === 'event') {
    const event = inbox.event(id);
    const about = event && [inbox.groupOf(event).length, inbox.traces().some((trace) => trace.id === event.traceId)];
    return event ? { view: event.view, selected: event.id, sign: event.item.id + about, draw: () => eventNode(event) } : missing('errors');
  }
  if (kind === 'trace') {
    const trace = inbox.traces().find((one) => one.id === id);
    return trace ? { view: 'traces', selected: id, sign: id + [trace.spans.length, trace.events.length], draw: () => traceNode(trace) } : missing('traces');
  }
  if (kind === 'item' || kind === 'raw') {
    const item = inbox.item(id);
    if (!item) return missing('other');
    const event = item.type === 'event' ? inbox.event(id) : undefined;
    const view = event ? event.view : item.type === 'transaction' || item.type === 'span' ? 'traces' : item.type === 'alert' ? 'alerts' : 'other';
    return { view, selected: event ? event.id : id, sign: kind + id, draw: () => (kind === 'raw' ? rawNode(item) : otherNode(item)) };
  }
  return { view: 'errors', selected: '', sign: 'start' + loaded + (inbox.items().length > 0), draw: () => emptyNode() };
}

function missing(view) {
  return {
    view, selected: '', sign: 'missing' + loaded,
    draw: () => el('div', { class: 'empty' }, el('h1', null, loaded ? 'No longer in the inbox' : 'Loading'),
      loaded && el('p', null, 'It was cleared or replaced by newer items. The inbox keeps the last ' + document.querySelector('meta[name=inbox-limit]').content + '.')),
  };
}

let currentView = 'errors';

function draw() {
  const route = routeOf(location.hash);
  const target = resolve(route);
  currentView = target.view;
  const open = ['event', 'trace', 'item', 'raw'].includes(route.kind);
  document.body.classList.toggle('open', open || inbox.items().length === 0);
  drawTabs(target.view);
  drawList(target.view, target.selected, filter.value.trim().toLowerCase());
  const sign = location.hash + ' ' + target.sign;
  if (sign === drawn) return;
  const moved = !drawn.startsWith(location.hash + ' ');
  drawn = sign;
  const back = open && link(target.view, '', { class: 'button small back' }, '\u2190 All ' + target.view);
  detail.replaceChildren(...[back, guarded(target.draw)].filter(Boolean));
  if (moved) detail.scrollTop = 0;
  if (moved && open && matchMedia('(max-width: 760px)').matches) scrollTo(0, 0);
}

function drawTabs(view) {
  const counts = { errors: inbox.groups('errors').length, traces: inbox.traces().length, messages: inbox.groups('messages').length, alerts: inbox.alerts().length, other: inbox.others().length };
  const tabs = document.getElementById('tabs');
  const focused = tabs.contains(document.activeElement) ? document.activeElement.getAttribute('href') : undefined;
  // An application without alerts has no view of them.
  tabs.replaceChildren(...VIEWS.filter(([name]) => name !== 'alerts' || name === view || counts.alerts > 0).map(([name, label]) =>
    link(name, '', { class: 'tab', 'aria-current': name === view ? 'page' : undefined }, label, el('span', { class: 'count' }, counts[name]))));
  if (focused) for (const tab of tabs.children) if (tab.getAttribute('href') === focused) tab.focus();
  document.title = (counts.errors > 0 ? '(' + counts.errors + ') ' : '') + 'Inbox';
}

/** Draws a burst of items only once. */
let waiting = false;
function redrawSoon() {
  if (waiting) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    draw();
  }, 60);
}

inbox.onChange(redrawSoon);
inbox.onArrival((item) => {
  if (item.type === 'alert') document.getElementById('news').textContent = 'Alert: ' + shorten(lineOf(item), 120);
  if (item.type !== 'event') return;
  const { view, title, value } = summaryOf(item);
  document.getElementById('news').textContent = (view === 'errors' ? 'New error: ' : 'New message: ') + shorten([title, value].filter(Boolean).join(', '), 120);
});
inbox.start((state) => {
  if (state === 'live') loaded = true;
  const live = document.getElementById('live');
  live.className = 'live ' + state;
  live.querySelector('span').textContent = { live: 'live', away: 'reconnecting', failed: 'cannot load items' }[state];
  draw();
});
addEventListener('hashchange', draw);
filter.addEventListener('input', draw);
document.getElementById('clear').addEventListener('click', () => {
  inbox.clear();
  location.hash = '#/' + currentView;
});
document.getElementById('skip').addEventListener('click', (clicked) => {
  clicked.preventDefault(); // the URL fragment is a route, not an anchor
  detail.focus();
});
draw();
`;
