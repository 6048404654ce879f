/** The lists on the left, and the page shown while nothing is selected. */
export const LIST_SCRIPT = String.raw`
const VIEWS = [
  ['errors', 'Errors', 'error'],
  ['traces', 'Traces', 'trace'],
  ['messages', 'Messages', 'message'],
  ['alerts', 'Alerts', 'alert'],
  ['other', 'Other', 'other item'],
];

/** The rows of a view: { key, href, search, node() }, newest first. */
function rowsOf(view) {
  if (view === 'traces') return inbox.traces().map(traceRow);
  if (view === 'alerts') return inbox.alerts().map(alertRow);
  if (view === 'other') return inbox.others().map(otherRow);
  return inbox.groups(view).map(eventRow);
}

function eventRow(group) {
  const first = group[0];
  return {
    key: first.key, target: ['event', first.id], ids: group.map((event) => event.id), sign: first.id + ' ' + group.length,
    search: [first.title, first.value, first.transaction, first.level, ...pairsOf(first.payload.tags).flat().map(text)].join(' '),
    content: () => [
      el('p', { class: 'top' }, badge(first.level), el('b', { class: 'title' }, rich(shorten(first.title, 200))), group.length > 1 && el('span', { class: 'count', title: plural(group.length, 'occurrence') }, '\u00d7' + group.length)),
      first.value && el('p', { class: 'value' }, rich(shorten(first.value, 240))),
      el('p', { class: 'foot' }, el('span', null, first.transaction), timeOf(first.at))],
  };
}

function traceRow(trace) {
  const errors = trace.events.filter((event) => event.view === 'errors').length;
  return {
    key: trace.id, target: ['trace', trace.id], ids: [trace.id], sign: [trace.spans.length, errors, trace.name].join(' '),
    search: [trace.name, trace.op, trace.id].join(' '),
    content: () => [
      el('p', { class: 'top' }, trace.op && badge('op', trace.op), el('b', { class: 'title' }, rich(shorten(trace.name, 200))), el('span', { class: 'count' }, duration(trace.duration))),
      el('p', { class: 'foot' }, el('span', null, plural(trace.rows.length, 'span'), errors > 0 && [', ', el('b', { class: 'bad' }, plural(errors, 'error'))]), timeOf(trace.start))],
  };
}

function alertRow(item) {
  const alert = objectOf(item.payload);
  const count = Number(alert.count);
  return {
    key: item.id, target: ['item', item.id], ids: [item.id], sign: item.id,
    search: [alert.rule, alert.kind, alert.severity, alert.title, alert.message].map(text).join(' '),
    content: () => [
      el('p', { class: 'top' }, badge(ALERT_LEVELS[alert.severity] || 'info', text(alert.kind)), el('b', { class: 'title' }, rich(shorten(text(alert.title), 200))), count > 1 && el('span', { class: 'count' }, '\u00d7' + count)),
      alert.message && el('p', { class: 'value' }, rich(shorten(text(alert.message), 240))),
      el('p', { class: 'foot' }, el('span', null, text(alert.rule)), timeOf(Date.parse(item.receivedAt) / 1000))],
  };
}

const ALERT_LEVELS = { info: 'info', warning: 'warning', error: 'error', critical: 'fatal' };

function otherRow(item) {
  const line = lineOf(item);
  return {
    key: item.id, target: ['item', item.id], ids: [item.id], sign: item.id, search: item.type + ' ' + line,
    content: () => [
      el('p', { class: 'top' }, badge('op', item.type), el('span', { class: 'title plain' }, rich(shorten(line, 200))), timeOf(Date.parse(item.receivedAt) / 1000))],
  };
}

const rowNodes = new Map();

/** Draws the list; keeps the nodes, focus and scroll position of unchanged rows. */
function drawList(view, selected, wanted) {
  const container = document.getElementById('list');
  const rows = rowsOf(view).filter((row) => row.search.toLowerCase().includes(wanted));
  const [, , one] = VIEWS.find(([name]) => name === view);
  if (rows.length === 0) {
    rowNodes.clear();
    container.dataset.view = view;
    container.replaceChildren(el('p', { class: 'note' }, wanted ? 'Nothing matches the filter.' : !loaded ? 'Loading' : 'No ' + plural(2, one).slice(2) + ' yet.'));
    return;
  }
  const focused = container.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const sameView = container.dataset.view === view;
  const [height, top] = [container.scrollHeight, container.scrollTop];
  const kept = new Map();
  const items = rows.map((row) => {
    const known = rowNodes.get(view + row.key);
    const node = known && known.sign === row.sign ? known.node : el('a', { class: 'row', 'data-key': row.key }, guarded(row.content));
    node.setAttribute('href', '#/' + row.target[0] + '/' + encodeURIComponent(row.target[1]));
    node.classList.toggle('fresh', sameView && inbox.isLive() && (!known || known.sign !== row.sign));
    if (row.ids.includes(selected)) node.setAttribute('aria-current', 'true');
    else node.removeAttribute('aria-current');
    kept.set(view + row.key, { sign: row.sign, node });
    return el('li', null, node);
  });
  rowNodes.clear();
  for (const [key, entry] of kept) rowNodes.set(key, entry);
  container.dataset.view = view;
  container.replaceChildren(el('ol', { class: 'rows' }, items));
  container.scrollTop = !sameView ? 0 : top > 0 ? top + container.scrollHeight - height : 0;
  if (focused !== undefined) for (const { node } of kept.values()) if (node.dataset.key === focused) node.focus({ preventScroll: true });
}

/** Arrow keys move through the rows. */
document.getElementById('list').addEventListener('keydown', (pressed) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[pressed.key];
  const rows = [...document.querySelectorAll('#list .row')];
  const next = rows[rows.indexOf(document.activeElement) + step];
  if (step === undefined || !next) return;
  pressed.preventDefault();
  next.focus();
});

function emptyNode() {
  if (!loaded) return el('p', { class: 'note' }, 'Loading');
  const dsn = document.querySelector('meta[name=inbox-dsn]').content;
  const any = inbox.items().length > 0;
  const sample = el('button', { type: 'button', class: 'button primary' }, 'Send a sample error');
  sample.addEventListener('click', sendSample);
  return el('div', { class: 'empty' },
    el('h1', null, any ? 'Select an item on the left' : 'Waiting for the first event'),
    el('p', null, any
      ? 'New items appear automatically. Everything stays on this machine.'
      : 'In development, an application without SENTRY_DSN reports here automatically. Any other application does with this DSN:'),
    el('div', { class: 'dsn' }, el('code', null, dsn), copyButton('Copy', () => dsn)),
    !any && [
      el('pre', { class: 'json' }, 'SENTRY_DSN=' + dsn + ' node dist/main.js'),
      el('p', null, 'or, from a shell:'),
      el('pre', { class: 'json' }, "curl -d '{\"message\":\"hello\"}' " + location.origin + '/api/1/store/'),
      el('p', null, sample)]);
}

function sendSample() {
  const now = Date.now() / 1000;
  const body = {
    level: 'error', platform: 'node', environment: 'sample', transaction: 'POST /orders/:id/payment', timestamp: now,
    exception: { values: [{ type: 'SampleError', value: 'A sample error sent from the inbox page', mechanism: { type: 'sample', handled: true } }] },
    breadcrumbs: [{ timestamp: now - 1.2, category: 'operation', message: 'sample.pay started' }, { timestamp: now - 0.1, category: 'operation', level: 'error', message: 'sample.pay failed' }],
    tags: { sample: 'yes' },
  };
  fetch('/api/1/store/', { method: 'POST', body: JSON.stringify(body) });
}
`;
