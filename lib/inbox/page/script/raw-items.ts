/** Logs, metrics, check-ins, sessions, client reports, attachments, and the raw JSON of anything. */
export const OTHER_SCRIPT = String.raw`
function entriesOf(item) {
  return arrayOf(objectOf(item.payload).items).filter(isObject);
}

/** A one-line summary of an item. */
function lineOf(item) {
  const payload = objectOf(item.payload);
  switch (item.type) {
    case 'event': return [summaryOf(item).title, summaryOf(item).value].filter(Boolean).join(': ');
    case 'transaction': return text(payload.transaction) || '(unnamed)';
    case 'span': return shorten(entriesOf(item).map((span) => text(span.name)).join(', ') || text(payload.description), 120);
    case 'log': return text((entriesOf(item)[0] || {}).body) || plural(entriesOf(item).length, 'log');
    case 'trace_metric': return entriesOf(item).map((metric) => text(metric.name) + ' ' + text(metric.value)).join(', ');
    case 'alert': return [payload.kind, payload.title].filter(Boolean).map(text).join(': ');
    case 'check_in': return [payload.monitor_slug, payload.status].filter(Boolean).map(text).join(' ');
    case 'session': return [payload.status, payload.errors ? plural(payload.errors, 'error') : ''].filter(Boolean).map(text).join(', ');
    case 'sessions': return plural(arrayOf(payload.aggregates).length, 'aggregate');
    case 'client_report': return valuesOf(payload.discarded_events).map((lost) => text(lost.quantity) + ' ' + text(lost.category) + ' ' + text(lost.reason)).join(', ');
    case 'attachment': return text(payload.filename) + ' ' + bytes(payload.size);
    default: return shorten(text(item.payload), 120);
  }
}

function rowsTable(head, rows) {
  return el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table' }, el('table', null,
    el('thead', null, el('tr', null, head.map((name) => el('th', { scope: 'col' }, name)))),
    el('tbody', null, firstOf(rows, (cells) => el('tr', null, cells.map((cell) => el('td', null, cell)))))));
}

function otherBody(item) {
  const payload = item.payload;
  if (item.type === 'log') {
    return rowsTable(['Time', 'Level', 'Message', 'Attributes'], entriesOf(item).map((log) => [
      timeOf(seconds(log.timestamp), true), badge(log.level === 'warn' ? 'warning' : LEVELS.has(log.level) ? log.level : 'debug', text(log.level)),
      el('span', { class: 'string' }, rich(text(log.body))), table(Object.entries(plainAttributes(log.attributes)).filter(([name]) => !name.startsWith('sentry.')))]));
  }
  if (item.type === 'trace_metric') {
    return rowsTable(['Time', 'Metric', 'Type', 'Value', 'Attributes'], entriesOf(item).map((metric) => [
      timeOf(seconds(metric.timestamp), true), el('b', null, text(metric.name)), text(metric.type), text(metric.value) + ' ' + text(metric.unit),
      table(Object.entries(plainAttributes(metric.attributes)).filter(([name]) => !name.startsWith('sentry.')))]));
  }
  if (item.type === 'client_report') {
    return rowsTable(['Category', 'Reason', 'Quantity'], valuesOf(objectOf(payload).discarded_events).map((lost) => [text(lost.category), text(lost.reason), text(lost.quantity)]));
  }
  if (item.type === 'attachment') return [table(Object.entries(objectOf(payload)).filter(([name]) => name !== 'text' && name !== 'base64')), attachmentNode(objectOf(payload))];
  return isObject(payload) ? table(Object.entries(payload)) : valueNode(payload);
}

function otherNode(item) {
  const eventId = objectOf(item.payload).eventId;
  return el('article', { class: 'other' },
    el('header', { class: 'head' },
      el('p', { class: 'line' }, badge('op', item.type), timeOf(Date.parse(item.receivedAt) / 1000, true)),
      el('h1', null, rich(shorten(lineOf(item), 200) || item.type)),
      el('p', { class: 'line links' }, link('raw', item.id, { class: 'button small' }, 'Raw JSON'), copyJsonButton(item), copyCurlButtons(item),
        typeof eventId === 'string' && link('event', eventId, { class: 'button small' }, 'Show event'))),
    guarded(() => relayPart(item)),
    part('Content', '', guarded(() => otherBody(item))));
}

function rawNode(item) {
  const back = item.type === 'event' ? link('event', item.id, { class: 'button small' }, 'Back to the event') : null;
  return el('article', { class: 'raw' },
    el('header', { class: 'head' },
      el('p', { class: 'line' }, badge('op', item.type), timeOf(Date.parse(item.receivedAt) / 1000, true)),
      el('h1', null, 'Raw JSON'),
      el('p', { class: 'line links' }, back, copyJsonButton(item), copyCurlButtons(item))),
    guarded(() => relayPart(item)),
    guarded(() => jsonNode(item.payload)));
}
`;
