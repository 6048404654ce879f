/** The lists on the left, and the page shown while nothing is selected. */
export const LIST_SCRIPT = String.raw`
const VIEWS = [
  ['errors', 'Errors', 'error'],
  ['traces', 'Traces', 'trace'],
  ['messages', 'Messages', 'message'],
  ['jobs', 'Jobs', 'job'],
  ['alerts', 'Alerts', 'alert'],
  ['delivery', 'Delivery', 'problem of delivery'],
  ['other', 'Other', 'other item'],
];

/** The rows of a view: { key, target, ids, sign, found(), content() }, newest first. */
function rowsOf(view, keep) {
  if (view === 'traces') return inbox.traces().map(traceRow);
  if (view === 'jobs') return inbox.monitors().map(monitorRow).concat(inbox.jobs().map(jobRow));
  if (view === 'alerts') return inbox.alerts().map(alertRow);
  if (view === 'delivery') return deliveryItems(inbox.items()).map(deliveryRow);
  if (view === 'other') return inbox.others().map(otherRow);
  // Counts and time lines are those of the events that match.
  const shown = keep === undefined ? inbox.groups(view) : groupEvents(inbox.groups(view).flat().filter((event) => keep(inbox.found(event))));
  return shown.map(eventRow);
}

/** Redraws time lines as time passes, at the next change. */
function minute() {
  return Math.floor(Date.now() / 60000);
}

function eventRow(group) {
  const first = group[0];
  return {
    key: first.key, target: ['event', first.id], ids: group.map((event) => event.id), sign: [first.id, group.length, minute()].join(' '),
    content: () => [
      el('p', { class: 'top' }, badge(first.level), el('b', { class: 'title' }, rich(shorten(first.title, 200))), group.length > 1 && el('span', { class: 'count', title: plural(group.length, 'occurrence') }, '\u00d7' + group.length)),
      first.value && el('p', { class: 'value' }, rich(shorten(first.value, 240))),
      el('p', { class: 'foot' }, el('span', null, first.transaction), timelineNode(group.map((event) => event.at), first.view === 'errors' ? 'bad' : ''), timeOf(first.at))],
  };
}

function traceRow(trace) {
  const errors = trace.events.filter((event) => event.view === 'errors').length;
  return {
    key: trace.id, target: ['trace', trace.id], ids: [trace.id], sign: [trace.spans.length, errors, trace.name].join(' '),
    found: () => searchableTrace(trace),
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
    found: () => searchableItem(item),
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
    key: item.id, target: ['item', item.id], ids: [item.id], sign: item.id, found: () => searchableItem(item),
    content: () => [
      el('p', { class: 'top' }, badge('op', item.type), el('span', { class: 'title plain' }, rich(shorten(line, 200))), timeOf(Date.parse(item.receivedAt) / 1000))],
  };
}

const rowNodes = new Map();

/** Draws the list; keeps the nodes, focus and scroll position of unchanged rows. */
function drawList(view, selected, wanted) {
  const container = document.getElementById('list');
  const terms = termsOf(wanted);
  const keep = terms.length > 0 ? (found) => terms.every((term) => matchesTerm(found, term)) : undefined;
  const rows = rowsOf(view, keep).filter((row) => keep === undefined || row.found === undefined || keep(row.found()));
  const [, , one] = VIEWS.find(([name]) => name === view);
  if (rows.length === 0) {
    rowNodes.clear();
    container.dataset.view = view;
    container.replaceChildren(el('p', { class: 'note' }, wanted ? 'Nothing matches.' : !loaded ? 'Loading' : 'No ' + plural(2, one).slice(2) + ' yet.'));
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
`;
