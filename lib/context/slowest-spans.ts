import type { SpanTiming, Execution } from './execution.js';
import { getClient, getRootSpan, spanToJSON, type Span } from '@sentry/nestjs';
import { guarded } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';

const MAX_SPANS = 5;
const MAX_DESCRIPTION_LENGTH = 300;

const state = processWide('slowest-spans', () => ({
  clients: new WeakSet(),
  byRoot: new WeakMap<Span, SpanTiming[]>(),
}));

/** Starts to record the slowest spans of every trace, as long as it runs. Without this call, nothing is recorded. */
export function watchSlowestSpans(): void {
  const client = getClient();
  if (!client || state.clients.has(client)) return;
  state.clients.add(client);
  client.on('spanEnd', (span) => {
    guarded('slowest-spans', () => {
      recordSpan(span);
    });
  });
}

/** Records an operation that has no span because its request is not traced. */
export function recordOperation(execution: Execution, timing: SpanTiming): void {
  insertSorted((execution.spanTimings ??= []), timing);
}

/** The slowest finished spans of an execution or, if it is not traced, its slowest operations; slowest first. */
export function slowestSpans({ span, spanTimings }: Execution): readonly SpanTiming[] {
  const spans = span && state.byRoot.get(getRootSpan(span));
  return spans ?? spanTimings ?? [];
}

function recordSpan(span: Span): void {
  const root = getRootSpan(span);
  if (root === span) return;
  const json = spanToJSON(span) as unknown as SpanJson;
  const { start_timestamp: start, timestamp, end_timestamp: end = timestamp } = json;
  if (end === undefined) return;
  let timings = state.byRoot.get(root);
  if (!timings) state.byRoot.set(root, (timings = []));
  const duration = Math.round((end - start) * 100_000) / 100;
  if (isAmongSlowest(timings, duration)) insertSorted(timings, { ...describeSpan(json), duration });
}

/** A span as JSON; Sentry 10 and 11 name most properties differently. */
interface SpanJson {
  op?: string;
  description?: string;
  name?: string;
  start_timestamp: number;
  timestamp?: number;
  end_timestamp?: number;
  data?: Record<string, unknown>;
  attributes?: Record<string, unknown>;
}

/** OpenTelemetry instrumentations set no span operation: it is derived from the attributes. */
function describeSpan({
  op,
  description,
  name,
  attributes,
  data = attributes ?? {},
}: SpanJson): Omit<SpanTiming, 'duration'> {
  const statement = nonEmptyString(data['db.statement'] ?? data['db.query.text']);
  const url = nonEmptyString(data['url.full'] ?? data['http.url']);
  const method = nonEmptyString(data['http.request.method'] ?? data['http.method']);
  const spanOp =
    op ??
    nonEmptyString(data['sentry.op']) ??
    (statement || data['db.system'] ? 'db' : url && method ? 'http.client' : undefined);
  const label = statement ?? description ?? name ?? '';
  const shown = label === method && url ? `${method} ${url}` : label;
  return { ...(spanOp && { op: spanOp }), description: shown.slice(0, MAX_DESCRIPTION_LENGTH) };
}

function nonEmptyString(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isAmongSlowest(timings: SpanTiming[], duration: number): boolean {
  return timings.length < MAX_SPANS || duration > (timings.at(-1)?.duration ?? 0);
}

function insertSorted(timings: SpanTiming[], timing: SpanTiming): void {
  if (!isAmongSlowest(timings, timing.duration)) return;
  const at = timings.findIndex(({ duration }) => duration < timing.duration);
  timings.splice(at < 0 ? timings.length : at, 0, timing);
  if (timings.length > MAX_SPANS) timings.pop();
}
