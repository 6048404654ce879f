/** The frame: routing, tabs, connection state. */
export const SHELL_SCRIPT = String.raw`
const detail = document.getElementById('detail');
const filter = document.getElementById('filter');
let drawn = '';
let loaded = false;

let currentView = 'errors';

function draw() {
  const route = routeOf(location.hash);
  const target = resolve(route);
  currentView = target.view;
  const open = !VIEWS.some(([name]) => name === route.kind) && route.kind !== '';
  document.body.classList.toggle('open', open || inbox.items().length === 0);
  document.body.classList.toggle('both', !open && target.view === 'delivery');
  drawEnvironments();
  drawTabs(target.view);
  drawList(target.view, target.selected, wantedQuery());
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
  const counts = {
    errors: inbox.groups('errors').length, traces: inbox.traces().length, messages: inbox.groups('messages').length, jobs: inbox.monitors().length + inbox.jobs().length,
    alerts: inbox.alerts().length, delivery: deliveryItems(inbox.items()).length, other: inbox.others().length,
  };
  const tabs = document.getElementById('tabs');
  const focused = tabs.contains(document.activeElement) ? document.activeElement.getAttribute('href') : undefined;
  // An application without jobs or alerts has no view of them.
  tabs.replaceChildren(...VIEWS.filter(([name]) => (name !== 'alerts' && name !== 'jobs') || name === view || counts[name] > 0).map(([name, label]) =>
    link(name, '', { class: 'tab', 'aria-current': name === view ? 'page' : undefined }, label, el('span', { class: 'count' }, counts[name]))));
  if (focused) for (const tab of tabs.children) if (tab.getAttribute('href') === focused) tab.focus();
  document.title = (counts.errors > 0 ? '(' + counts.errors + ') ' : '') + 'Inbox';
}

const environment = document.getElementById('environment');

/** Offers the environments of the items, if there are several. */
function drawEnvironments() {
  const names = inbox.environments();
  const chosen = environment.value;
  const all = chosen !== '' && !names.includes(chosen) ? names.concat(chosen) : names;
  const sign = all.join('\n');
  environment.hidden = all.length < 2 && chosen === '';
  if (environment.dataset.sign === sign) return;
  environment.dataset.sign = sign;
  environment.replaceChildren(...[''].concat(all).map((name) => {
    const option = el('option', null, name === '' ? 'All environments' : shorten(name, 60));
    option.value = name;
    return option;
  }));
  environment.value = chosen;
}

function nextEnvironment() {
  const names = [''].concat(inbox.environments());
  environment.value = names[(names.indexOf(environment.value) + 1) % names.length];
  draw();
}

/** The search with the chosen environment. */
function wantedQuery() {
  return [filter.value.trim(), environment.value && 'env:"' + environment.value + '"'].filter(Boolean).join(' ');
}

/** Adds a term to the search: that of a tag or a user that was clicked. */
function searchFor(name, value) {
  const term = name + ':' + (/^[^\s"]+$/.test(value) ? value : '"' + value.replaceAll('"', '*') + '"');
  if (!filter.value.includes(term)) filter.value = (filter.value.trim() + ' ' + term).trim();
  draw();
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
environment.addEventListener('change', draw);
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
