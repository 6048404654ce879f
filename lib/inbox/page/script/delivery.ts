/** The state of delivery: what has arrived, what Sentry would do with it, and what was lost on the way. */
export const DELIVERY_SCRIPT = String.raw`
/** Seconds after which an item has waited: for a receiver that was away, or in a full queue. */
const LATE = 5;

function rejectsOf(item) {
  return arrayOf(objectOf(item.relay).rejects).map(text);
}

function changesOf(item) {
  return arrayOf(objectOf(item.relay).changes).map(text);
}

/** Items that say something about delivery, newest first. */
function deliveryItems(items) {
  return items.filter((item) => item.type === 'client_report' || rejectsOf(item).length > 0 || changesOf(item).length > 0);
}

function deliveryRow(item) {
  const [rejects, changes] = [rejectsOf(item), changesOf(item)];
  const label = rejects.length > 0 ? 'refused' : changes.length > 0 ? 'changed' : 'lost';
  return {
    key: 'delivery ' + item.id, target: ['item', item.id], ids: [item.id], sign: item.id, found: () => searchableItem(item),
    content: () => [
      el('p', { class: 'top' }, badge(label === 'refused' ? 'error' : label === 'changed' ? 'warning' : 'info', label), el('span', { class: 'title plain' }, item.type + ' ', rich(shorten(lineOf(item), 200))), timeOf(Date.parse(item.receivedAt) / 1000)),
      el('p', { class: 'value' }, shorten(rejects.concat(changes).join('; '), 240))],
  };
}

/** What Sentry would do with an item: one line if it would take it, else a section with the reasons. */
function relayPart(item) {
  const relay = objectOf(item.relay);
  if (!Number.isFinite(relay.bytes)) return null;
  const [rejects, changes] = [rejectsOf(item), changesOf(item)];
  const size = el('span', { class: 'dim' }, bytes(relay.bytes) + (relay.limit ? ' of ' + bytes(relay.limit) : '') + ', by the limits of Relay');
  if (rejects.length + changes.length === 0) return el('p', { class: 'line relay taken' }, el('b', null, 'Sentry would take this'), size);
  return el('section', { class: 'part relay ' + (rejects.length > 0 ? 'refused' : 'changed') },
    el('p', { class: 'line' }, el('b', null, rejects.length > 0 ? 'Sentry would refuse this' : 'Sentry would change this'), size),
    el('ul', { class: 'findings' }, rejects.concat(changes).slice(0, MAX_LISTED).map((finding) => el('li', null, finding))));
}

function sumOf(map, key, number) {
  map.set(key, (map.get(key) || 0) + number);
}

/** Seconds between an item's own time and its arrival; NaN if it has no time. */
function delayOf(item) {
  const made = seconds(objectOf(item.payload).timestamp);
  return item.type === 'event' || item.type === 'transaction' ? Date.parse(item.receivedAt) / 1000 - made : NaN;
}

function deliveryNode() {
  const items = inbox.items();
  const types = new Map();
  const lost = new Map();
  const clients = new Map();
  for (const item of items) {
    const payload = objectOf(item.payload);
    const row = types.get(item.type) || { count: 0, bytes: 0, refused: 0, changed: 0, newest: item };
    row.count += 1;
    row.bytes += Number(objectOf(item.relay).bytes) || 0;
    row.refused += rejectsOf(item).length > 0 ? 1 : 0;
    row.changed += rejectsOf(item).length === 0 && changesOf(item).length > 0 ? 1 : 0;
    types.set(item.type, row);
    if (item.type === 'client_report') for (const each of valuesOf(payload.discarded_events)) sumOf(lost, JSON.stringify([text(each.category), text(each.reason)]), Number(each.quantity) || 0);
    const sdk = objectOf(payload.sdk);
    if (sdk.name) sumOf(clients, [text(sdk.name) + ' ' + text(sdk.version), payload.server_name && 'on ' + text(payload.server_name)].filter(Boolean).join(' '), 1);
  }
  const late = items.filter((item) => delayOf(item) > LATE).sort((one, other) => delayOf(other) - delayOf(one));
  return el('article', { class: 'delivery' },
    el('header', { class: 'head' }, el('h1', null, 'Delivery'), el('p', { class: 'dim' }, items.length === 0 ? 'Nothing has arrived yet.' : 'Of ' + plural(items.length, 'item') + ', the newest ' + ago(Date.parse(items[0].receivedAt) / 1000) + '.')),
    types.size > 0 && part('Received', 'and what Sentry would do with it, by the limits of Relay', rowsTable(['Type', 'Items', 'Size', 'Refused', 'Changed', 'Newest'], [...types].map(([type, row]) => [
      badge('op', type), row.count, bytes(row.bytes), row.refused > 0 ? el('b', { class: 'bad' }, row.refused) : '0', row.changed, timeOf(Date.parse(row.newest.receivedAt) / 1000)]))),
    part('Not sent', 'as clients report it', lost.size > 0
      ? rowsTable(['Category', 'Reason', 'Quantity'], [...lost].map(([key, quantity]) => [...JSON.parse(key), quantity]))
      : el('p', { class: 'dim' }, 'No client has reported a loss.')),
    part('Arrived late', 'more than ' + LATE + ' seconds after the event', late.length > 0
      ? rowsTable(['Item', 'Delay'], late.map((item) => [link(item.type === 'event' ? 'event' : 'item', item.id, { class: 'inline-link' }, item.type + ' ' + shorten(lineOf(item), 80)), duration(delayOf(item))]))
      : el('p', { class: 'dim' }, 'Nothing has waited.')),
    clients.size > 0 && part('Clients', '', rowsTable(['SDK', 'Items'], [...clients])));
}
`;
