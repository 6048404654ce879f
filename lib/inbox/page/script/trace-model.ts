/** Pure: builds traces from transactions and streamed spans, and orders their spans for the waterfall. */
export const TRACE_MODEL_SCRIPT = String.raw`
/** Streamed attributes are { type, value }; those of a transaction's span are plain. */
function plainAttributes(attributes) {
  return Object.fromEntries(
    Object.entries(objectOf(attributes)).map(([key, entry]) => [key, isObject(entry) && 'value' in entry ? entry.value : entry]),
  );
}

function spanOf(raw, more) {
  const span = {
    id: text(raw.span_id),
    parent: text(raw.parent_span_id),
    op: text(raw.op),
    name: text(raw.description),
    start: seconds(raw.start_timestamp),
    end: seconds(raw.timestamp),
    status: text(raw.status),
    data: objectOf(raw.data),
    ...more,
  };
  if (!Number.isFinite(span.start)) span.start = span.end;
  if (!(span.end >= span.start)) span.end = span.start;
  span.failed = span.status !== '' && span.status !== 'ok' && span.status !== 'unset' && span.status !== 'cancelled';
  return span;
}

function spansOfTransaction(item) {
  const payload = objectOf(item.payload);
  const trace = objectOf(objectOf(payload.contexts).trace);
  const root = spanOf(
    { ...trace, start_timestamp: payload.start_timestamp, timestamp: payload.timestamp },
    { name: text(payload.transaction) || text(trace.description), segment: true, item },
  );
  const children = arrayOf(payload.spans).filter(isObject).map((span) => spanOf(span, { item }));
  return { traceId: text(trace.trace_id), spans: [root, ...children] };
}

function streamedSpan(raw, item) {
  const data = plainAttributes(raw.attributes || raw.data);
  return spanOf(
    { ...raw, timestamp: raw.end_timestamp || raw.timestamp, data },
    { op: text(data['sentry.op'] || raw.op), name: text(raw.name || raw.description), segment: raw.is_segment === true, item },
  );
}

/** All traces, the one with the newest span first. */
function tracesOf(items, events) {
  const traces = new Map();
  const traceFor = (id) => {
    let trace = traces.get(id);
    if (!trace) traces.set(id, (trace = { id, spans: [], events: [], items: new Set() }));
    return trace;
  };
  for (const item of items) {
    if (item.type === 'transaction') {
      const { traceId, spans } = spansOfTransaction(item);
      const trace = traceFor(traceId || item.id);
      trace.spans.push(...spans);
      trace.items.add(item);
    } else if (item.type === 'span') {
      const payload = objectOf(item.payload);
      for (const raw of (Array.isArray(payload.items) ? payload.items : [payload]).filter(isObject)) {
        const trace = traceFor(text(raw.trace_id) || item.id);
        trace.spans.push(streamedSpan(raw, item));
        trace.items.add(item);
      }
    }
  }
  for (const event of events) if (traces.has(event.traceId)) traces.get(event.traceId).events.push(event);
  const list = [...traces.values()].filter((trace) => trace.spans.length > 0);
  for (const trace of list) finishTrace(trace);
  return list.sort((one, other) => other.start - one.start);
}

function finishTrace(trace) {
  trace.rows = layoutSpans(trace.spans);
  trace.start = Infinity;
  trace.end = -Infinity;
  for (const { span } of trace.rows) {
    if (span.start < trace.start) trace.start = span.start;
    if (span.end > trace.end) trace.end = span.end;
  }
  const first = trace.rows[0].span;
  trace.root = trace.rows.map((row) => row.span).find((span) => span.segment) || first;
  trace.name = trace.root.name || '(unnamed)';
  trace.op = trace.root.op;
  trace.duration = trace.end - trace.start;
  trace.failed = trace.events.some((event) => event.view === 'errors') || trace.root.failed;
}

/** Orders spans as rows, each below its parent, siblings by start. Duplicates and cycles yield one row per span. */
function layoutSpans(spans) {
  const byId = new Map();
  for (const span of spans) if (!byId.has(span.id)) byId.set(span.id, span);
  const children = new Map();
  const roots = [];
  for (const span of byId.values()) {
    if (!span.parent || span.parent === span.id || !byId.has(span.parent)) roots.push(span);
    else if (children.has(span.parent)) children.get(span.parent).push(span);
    else children.set(span.parent, [span]);
  }
  const byStart = (one, other) => one.start - other.start;
  const rows = [];
  const seen = new Set();
  const walk = (from) => {
    const stack = [[from, 0]];
    while (stack.length > 0) {
      const [span, depth] = stack.pop();
      if (seen.has(span)) continue;
      seen.add(span);
      const below = (children.get(span.id) || []).sort(byStart);
      rows.push({ span, depth, children: below.length });
      for (let index = below.length - 1; index >= 0; index -= 1) stack.push([below[index], depth + 1]);
    }
  };
  roots.sort(byStart).forEach(walk);
  for (const span of byId.values()) if (!seen.has(span)) walk(span);
  return rows;
}
`;
