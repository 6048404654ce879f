/**
 * A span, as Sentry would receive it: of a transaction (Sentry 10) or streamed (Sentry 11).
 *
 * @example
 * ```ts
 * import { captureEvents } from 'nestjs-error-tracker/testing';
 *
 * const events = captureEvents();
 * const slow = (await events.spans()).filter(({ isRoot, duration }) => isRoot && duration > 500);
 * ```
 */
export interface TestSpan {
  /** `POST /orders/:id`, `OrdersController.create`, the name of an operation. */
  name: string;
  /** `http.server`, `handler.nestjs`, `function`. */
  op?: string | undefined;
  /** `ok`, or why it has failed: `internal_error`, `not_found`. */
  status?: string | undefined;
  /** Its attributes. */
  data: Record<string, unknown>;
  traceId: string;
  spanId: string;
  parentSpanId?: string | undefined;
  /** Whether it is a whole request, message or job: a transaction. */
  isRoot: boolean;
  /** Unix time in seconds. */
  startedAt: number;
  /** Milliseconds. */
  duration: number;
}

/** What spans have in Sentry 10. */
interface SpanFields {
  description?: string;
  op?: string;
  status?: string;
  data?: Record<string, unknown>;
  trace_id: string;
  span_id: string;
  parent_span_id?: string;
  start_timestamp: number;
  timestamp: number;
}

interface Transaction {
  transaction?: string;
  contexts: { trace: SpanFields };
  spans?: SpanFields[];
  start_timestamp: number;
  timestamp: number;
}

/** A span in Sentry 11. */
interface StreamedSpan {
  name: string;
  status?: string;
  attributes?: Record<string, { value?: unknown } | undefined>;
  trace_id: string;
  span_id: string;
  parent_span_id?: string;
  is_segment?: boolean;
  start_timestamp: number;
  end_timestamp: number;
}

/** The spans of an item of an envelope; none if it is of another type. */
export function spansOfItem(type: unknown, payload: unknown): TestSpan[] {
  return allSpans(type, payload).filter((span) => !isRequestOfTest(span));
}

/** Sentry 11 records requests outside of every trace, such as those with which a test calls the application. */
function isRequestOfTest({ isRoot, op }: TestSpan): boolean {
  return isRoot && op === 'http.client';
}

function allSpans(type: unknown, payload: unknown): TestSpan[] {
  if (type === 'transaction') {
    const { transaction, contexts, spans = [], start_timestamp, timestamp } = payload as Transaction;
    const root = { ...contexts.trace, description: transaction, start_timestamp, timestamp };
    return [readSpan(root, true), ...spans.map((span) => readSpan(span, false))];
  }
  return type === 'span' ? (payload as { items: StreamedSpan[] }).items.map(readStreamedSpan) : [];
}

function readSpan(span: SpanFields, isRoot: boolean): TestSpan {
  return {
    name: span.description ?? '',
    op: span.op,
    status: span.status,
    data: span.data ?? {},
    traceId: span.trace_id,
    spanId: span.span_id,
    parentSpanId: span.parent_span_id,
    isRoot,
    startedAt: span.start_timestamp,
    duration: (span.timestamp - span.start_timestamp) * 1_000,
  };
}

function readStreamedSpan(span: StreamedSpan): TestSpan {
  const data = Object.fromEntries(Object.entries(span.attributes ?? {}).map(([key, entry]) => [key, entry?.value]));
  const { 'sentry.op': op, 'sentry.status.message': reason } = data;
  return {
    name: span.name,
    op: typeof op === 'string' ? op : undefined,
    status: span.status !== 'ok' && typeof reason === 'string' ? reason : span.status,
    data,
    traceId: span.trace_id,
    spanId: span.span_id,
    parentSpanId: span.parent_span_id,
    isRoot: span.is_segment ?? false,
    startedAt: span.start_timestamp,
    duration: (span.end_timestamp - span.start_timestamp) * 1_000,
  };
}
