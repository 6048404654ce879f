import type { TimedStep, Execution } from './execution.js';
import { getClient, getRootSpan, spanToJSON, type Span } from '@sentry/nestjs';
import { guarded } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';

const MOST_STEPS = 5;
const LONGEST_DESCRIPTION = 300;

const state = processWide('slowest-spans', () => ({
  watched: new WeakSet(),
  /** By the span of the whole execution. */
  ofRoot: new WeakMap<Span, TimedStep[]>(),
}));

/** From now on the slowest spans of every trace are kept, as long as it runs. Costs nothing before it is called. */
export function watchSlowestSpans(): void {
  const client = getClient();
  if (!client || state.watched.has(client)) return;
  state.watched.add(client);
  client.on('spanEnd', (span) => {
    guarded('slowest-spans', () => {
      noteSpan(span);
    });
  });
}

/** An operation that has no span, because its request is not traced. */
export function noteStep(execution: Execution, step: TimedStep): void {
  keep((execution.steps ??= []), step);
}

/** The slowest steps that have finished, slowest first: spans where the execution is traced, else tracked operations. */
export function slowestSteps({ span, steps }: Execution): readonly TimedStep[] {
  const spans = span && state.ofRoot.get(getRootSpan(span));
  return spans ?? steps ?? [];
}

function noteSpan(span: Span): void {
  const root = getRootSpan(span);
  if (root === span) return;
  const json = spanToJSON(span) as unknown as SpanFacts;
  const { start_timestamp: start, timestamp, end_timestamp: end = timestamp } = json;
  if (end === undefined) return;
  let steps = state.ofRoot.get(root);
  if (!steps) state.ofRoot.set(root, (steps = []));
  const duration = Math.round((end - start) * 100_000) / 100;
  if (isAmongSlowest(steps, duration)) keep(steps, { ...described(json), duration });
}

/** A span as JSON: Sentry 11 has other names for most of it than Sentry 10. */
interface SpanFacts {
  op?: string;
  description?: string;
  name?: string;
  start_timestamp: number;
  timestamp?: number;
  end_timestamp?: number;
  data?: Record<string, unknown>;
  attributes?: Record<string, unknown>;
}

/** Instrumentations of OpenTelemetry leave the operation to be told from the attributes. */
function described({
  op,
  description,
  name,
  attributes,
  data = attributes ?? {},
}: SpanFacts): Omit<TimedStep, 'duration'> {
  const statement = textOf(data['db.statement'] ?? data['db.query.text']);
  const url = textOf(data['url.full'] ?? data['http.url']);
  const method = textOf(data['http.request.method'] ?? data['http.method']);
  const told =
    op ??
    textOf(data['sentry.op']) ??
    (statement || data['db.system'] ? 'db' : url && method ? 'http.client' : undefined);
  const text = statement ?? description ?? name ?? '';
  const shown = text === method && url ? `${method} ${url}` : text;
  return { ...(told && { op: told }), description: shown.slice(0, LONGEST_DESCRIPTION) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isAmongSlowest(steps: TimedStep[], duration: number): boolean {
  return steps.length < MOST_STEPS || duration > (steps.at(-1)?.duration ?? 0);
}

function keep(steps: TimedStep[], step: TimedStep): void {
  if (!isAmongSlowest(steps, step.duration)) return;
  const at = steps.findIndex(({ duration }) => duration < step.duration);
  steps.splice(at < 0 ? steps.length : at, 0, step);
  if (steps.length > MOST_STEPS) steps.pop();
}
