/** Pure: what can be searched for, and which items match. */
export const SEARCH_SCRIPT = String.raw`
/** Names of fields in a search; any other name is that of a tag. */
const FIELDS = { route: 'route', transaction: 'route', user: 'user', env: 'environment', environment: 'environment', level: 'level', release: 'release', trace: 'trace', type: 'type', op: 'op' };
/** Causes, and last breadcrumbs, of an event. */
const MAX_SEARCHED = 100;
/** Fields of which a part is enough. */
const IN_PART = new Set(['route']);

/** route:/orders tenant:acme user:"u 1" !level:warning boom: all of them have to match. */
function termsOf(query) {
  const terms = [];
  for (const [, not, name = '', quoted, bare = ''] of query.matchAll(/(!)?(?:([\w.\-]+):(?!\/\/))?(?:"([^"]*)"|(\S+))/g)) {
    const value = (quoted === undefined ? bare : quoted).toLowerCase();
    terms.push({ not: not === '!', name: name.toLowerCase(), value });
  }
  return terms;
}

/** What can be found: { words, fields: { route: [], user: [], …, 'tag tenant': [] } }, in lower case. */
function searchable(words, fields, tags) {
  const lower = {};
  for (const [name, values] of Object.entries(fields)) lower[name] = values.map((value) => text(value).toLowerCase()).filter(Boolean);
  for (const [name, value] of tags.slice(0, MAX_LISTED)) lower['tag ' + text(name).toLowerCase()] = [text(value).toLowerCase()];
  return { words: words.concat(Object.values(lower).flat()).map(text).join(' ').toLowerCase(), fields: lower };
}

function matchesTerm(found, { not, name, value }) {
  if (name === '') return found.words.includes(value) !== not;
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : 'tag ' + name;
  const values = Object.hasOwn(found.fields, field) ? found.fields[field] : [];
  return values.some((each) => (IN_PART.has(field) ? each.includes(value) : isLike(each, value))) !== not;
}

/** Whether a text equals a pattern, in which * stands for anything. */
function isLike(value, pattern) {
  const [first, ...rest] = pattern.split('*');
  if (rest.length === 0) return value === pattern;
  const last = rest.pop();
  if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length) return false;
  let from = first.length;
  for (const piece of rest) {
    const at = value.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return from <= value.length - last.length;
}

function userValues(user) {
  const { id, email, username, ip_address: ip } = objectOf(user);
  return [id, email, username, ip].filter((value) => value !== undefined && value !== null);
}

function searchableEvent({ payload, title, value, transaction, level, traceId, item }) {
  const operation = objectOf(objectOf(payload.contexts).operation);
  const fields = { route: [transaction], user: userValues(payload.user), environment: [payload.environment], level: [level], release: [payload.release], trace: [traceId], type: [item.type] };
  const causes = valuesOf(payload.exception).slice(0, MAX_SEARCHED).flatMap((cause) => [cause.type, cause.value]);
  const crumbs = valuesOf(payload.breadcrumbs).slice(-MAX_SEARCHED).map((crumb) => text(crumb.message).slice(0, 200));
  return searchable([title, value, operation.name, payload.event_id, ...causes, ...crumbs], fields, pairsOf(payload.tags));
}

function searchableTrace(trace) {
  const payloads = [...trace.items].slice(0, MAX_LISTED).map((item) => objectOf(item.payload));
  const data = trace.root.data;
  const fields = {
    route: [trace.name], op: [trace.op], trace: [trace.id], type: ['transaction'],
    user: payloads.flatMap((payload) => userValues(payload.user)).concat(data['user.id'] === undefined ? [] : [data['user.id']]),
    environment: environmentsOfTrace(trace), release: payloads.map((payload) => payload.release).concat(data['sentry.release']),
  };
  return searchable([], fields, payloads.flatMap((payload) => pairsOf(payload.tags)).concat(Object.entries(data)));
}

function environmentsOfTrace(trace) {
  return [...trace.items].slice(0, MAX_LISTED).map((item) => objectOf(item.payload).environment).concat(trace.root.data['sentry.environment']).filter((name) => typeof name === 'string');
}

function searchableItem(item) {
  const payload = objectOf(item.payload);
  const fields = { environment: [environmentOf(item)], release: [payload.release], level: [payload.level, payload.severity], type: [item.type] };
  return searchable([item.type, lineOf(item), payload.message, payload.rule], fields, pairsOf(payload.tags));
}

/** The environment of an item; of a batch, that of its first entry. */
function environmentOf(item) {
  const payload = objectOf(item.payload);
  const first = objectOf(arrayOf(payload.items)[0]);
  const name = payload.environment || objectOf(payload.attrs).environment || plainAttributes(first.attributes)['sentry.environment'];
  return typeof name === 'string' ? name : '';
}
`;
