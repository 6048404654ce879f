/** Pure: reads events of any shape. */
export const MODEL_SCRIPT = String.raw`
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOf(value) {
  return isObject(value) ? value : {};
}

function arrayOf(value) {
  return Array.isArray(value) ? value : [];
}

/** Sentry sends lists as an array or as { values: [] }. */
function valuesOf(value) {
  return arrayOf(isObject(value) ? value.values : value).filter(isObject);
}

function exceptionsOf(payload) {
  return valuesOf(objectOf(payload).exception);
}

function messageOf(payload) {
  const entry = objectOf(payload.logentry);
  const message = payload.message;
  return text(entry.formatted || entry.message || (isObject(message) ? message.formatted || message.message : message));
}

/** Tags are an object or pairs. */
function pairsOf(tags) {
  if (Array.isArray(tags)) return tags.filter(Array.isArray).map((pair) => [text(pair[0]), pair[1]]);
  return Object.entries(objectOf(tags));
}

const LEVELS = new Set(['fatal', 'error', 'warning', 'info', 'debug', 'log']);

/** What is shown of a payload that is no object: it is not JSON, or would cost too much to read; else undefined. */
function unreadOf(payload) {
  if (isObject(payload)) return undefined;
  return shorten(typeof payload === 'string' ? payload : JSON.stringify(payload), 200);
}

/** The data of an event shown in lists and in the header of a detail. */
function summaryOf(item) {
  const payload = objectOf(item.payload);
  const exceptions = exceptionsOf(payload);
  const last = exceptions[exceptions.length - 1];
  const message = messageOf(payload);
  const unread = unreadOf(item.payload);
  // The stack of a message is sent as an exception without a type.
  const thrown = last && !text(last.type) && message ? undefined : last;
  const trace = objectOf(objectOf(payload.contexts).trace);
  const given = seconds(payload.timestamp);
  const at = Number.isNaN(given) ? Date.parse(item.receivedAt) / 1000 : given;
  const level = LEVELS.has(payload.level) ? payload.level : thrown ? 'error' : unread === undefined ? 'info' : 'warning';
  const summary = {
    item,
    payload,
    view: thrown || unread !== undefined ? 'errors' : 'messages',
    level,
    title: thrown ? text(thrown.type) || 'Error' : unread === undefined ? message || '(no message)' : 'Unreadable event',
    value: thrown ? text(thrown.value) : unread || '',
    transaction: text(payload.transaction),
    at,
    id: text(payload.event_id) || item.id,
    traceId: text(trace.trace_id),
    spanId: text(trace.span_id),
  };
  summary.key = groupKey(summary, thrown);
  return summary;
}

/** Events with the same key are shown as one row. An approximation of Sentry's grouping, which has more rules. */
function groupKey(summary, thrown) {
  const fingerprint = arrayOf(summary.payload.fingerprint).map(text);
  const own = fingerprint.filter((part) => part !== '{{ default }}' && part !== '{{default}}');
  let byDefault = [summary.view, summary.title, summary.level, thrown ? '' : summary.value];
  if (thrown) {
    const frames = arrayOf(objectOf(thrown.stacktrace).frames).filter(isObject);
    const top = frames.filter((frame) => frame.in_app).pop() || frames[frames.length - 1];
    byDefault = top ? [summary.title, text(top.filename), text(top.function)] : [summary.title, summary.value];
  }
  return JSON.stringify(fingerprint.length > 0 && own.length === fingerprint.length ? own : own.concat(byDefault));
}

/** Groups summaries by key; keeps their order, newest first. */
function groupEvents(summaries) {
  const groups = new Map();
  for (const summary of summaries) {
    const group = groups.get(summary.key);
    if (group) group.push(summary);
    else groups.set(summary.key, [summary]);
  }
  return [...groups.values()];
}
`;
