import { getActiveSpan, type NodeClient, type Span } from '@sentry/nestjs';
import { originOf, wrapTracer } from '../client/wrap-tracer.js';
import { guarded } from '../stats/stats.js';
import { beginDriverQuery, currentSender, databaseIn, noteFailedConnection, type Sender } from './driver-queries.js';
import type { RunningQuery } from './running-query.js';
import { statementOf } from './statements.js';

type Attributes = Record<string, unknown>;

/** The spans of Sentry 10 for statements. */
const STATEMENT_SPAN = /^auto\.db\.otel\.(?:postgres|mysql2?|tedious)$/;
const STATEMENT = 'db.statement';
const POSTGRES_JS = 'auto.db.postgresjs';
const POSTGRES_JS_STATEMENT = 'db.query.text';
const POSTGRESQL_CONNECT = new Set(['pg.connect', 'pg-pool.connect']);
const FAILED = 2;

/**
 * Follows the SDK's spans of database queries in Sentry 10. Its instrumentation runs for each query inside a request, even
 * if the request is not sampled: the tracer then returns a span that records nothing, but is ended all the same. Without
 * a tracer (Sentry 11), {@link followDriverChannels} sees the queries; where neither is there, as after a late start,
 * queries without a tracked ORM leave no breadcrumbs.
 */
export function followDriverSpans(client: NodeClient): void {
  wrapTracer(client, (tracer) => ({
    startSpan: (name, options, context) => {
      if (POSTGRESQL_CONNECT.has(name)) return followConnection(tracer.startSpan(name, options, context) as Span);
      if (!STATEMENT_SPAN.test(originOf(options) ?? '')) return tracer.startSpan(name, options, context);
      const { [STATEMENT]: statement, ...others } = options?.attributes ?? {};
      const span = tracer.startSpan(name, { ...options, attributes: others }, context) as Span;
      guarded('query', () => {
        followSpan(span, others);
      });
      // Now without its values.
      if (statement !== undefined) span.setAttribute(STATEMENT, statement as string);
      return span;
    },
    startActiveSpan: (name, options, ...rest) => {
      if (options?.attributes?.['sentry.op'] !== 'db') return tracer.startActiveSpan(name, options, ...rest);
      const run = rest.pop() as (span: Span) => unknown;
      return tracer.startActiveSpan(name, options, ...rest, (span: Span) => {
        const begin = guarded('query', () => followPostgresJs(span));
        const result = run(span);
        guarded('query', () => begin?.());
        return result;
      });
    },
  }));
}

/**
 * The span of a query of postgres.js: the SDK says what it is, and which database, once it is started.
 *
 * @returns a function that begins the query, called as soon as it is sent
 */
function followPostgresJs(span: Span): () => void {
  const attributes: Attributes = {};
  let query: RunningQuery | undefined;
  const begin = () => {
    const { 'sentry.origin': origin, [POSTGRES_JS_STATEMENT]: sql, 'db.namespace': database } = attributes;
    if (query || origin !== POSTGRES_JS || typeof sql !== 'string') return;
    query = beginDriverQuery({ sql, system: 'postgresql', ...databaseIn(database) });
  };
  override(span, 'setAttribute', (key: string, value: unknown) => {
    attributes[key] = value;
    return undefined;
  });
  override(span, 'setAttributes', (values: Attributes) => {
    const { [POSTGRES_JS_STATEMENT]: sql } = values;
    if (typeof sql !== 'string' || attributes['sentry.origin'] !== POSTGRES_JS) return undefined;
    const { text } = statementOf(withoutRestOfString(sql), 'postgresql');
    span.updateName(text);
    const clean = { ...values, [POSTGRES_JS_STATEMENT]: text };
    Object.assign(attributes, clean);
    return [clean];
  });
  endWith(span, () => {
    begin();
    return query;
  });
  return begin;
}

/** The SDK takes the first escaped quote of `E'…'` for the end of the string, of which it leaves the rest. */
function withoutRestOfString(sql: string): string {
  return sql.replace(/\be\?[\s\S]*/i, '?');
}

/** Its statement is set once it is started. */
function followSpan(span: Span, attributes: Attributes): void {
  let query: RunningQuery | undefined;
  const system = typeof attributes['db.system'] === 'string' ? attributes['db.system'] : 'other_sql';
  const begin = (statement: string) => {
    if (query) return;
    const { 'db.name': database } = attributes;
    const sender = connected?.caller === getActiveSpan() ? connected?.sender : undefined;
    connected = undefined;
    query = beginDriverQuery({ sql: statement, system, ...databaseIn(database) }, sender);
  };
  override(span, 'setAttribute', (key: unknown, value: unknown) => {
    if (key !== STATEMENT || typeof value !== 'string') return undefined;
    begin(value);
    return [key, statementOf(value, system).text];
  });
  endWith(span, () => query);
}

/** @param queryOf - called when the span ends */
function endWith(span: Span, queryOf: () => RunningQuery | undefined): void {
  let failure: string | undefined;
  override(span, 'setStatus', (status: { code?: number; message?: string }) => {
    if (status.code === FAILED) failure = status.message ?? '';
    return undefined;
  });
  override(span, 'end', () => {
    if (failure === undefined) queryOf()?.finish();
    else queryOf()?.failWith(failure);
    return undefined;
  });
}

/**
 * Who has just got a connection of a pool, and the span that is active while its callback runs: the SDK binds it to that,
 * but leaves the scopes as they are.
 */
let connected: { sender: Sender; caller: Span | undefined } | undefined;

function followConnection(span: Span): Span {
  const sender = currentSender();
  const caller = getActiveSpan();
  const { scope } = sender;
  let hasFailed = false;
  // Its callback is called next, and sends the query.
  override(span, 'end', () => {
    if (hasFailed) return undefined;
    const latest = { sender, caller };
    connected = latest;
    queueMicrotask(() => {
      if (connected === latest) connected = undefined;
    });
    return undefined;
  });
  override(span, 'setStatus', ({ code, message = '' }: { code?: number; message?: string }) => {
    // When it ends, the SDK sets another status, without the message.
    if (code === FAILED && !hasFailed) noteFailedConnection({ system: 'postgresql' }, message, scope);
    hasFailed ||= code === FAILED;
    return undefined;
  });
  return span;
}

/** @param before - may return other arguments */
function override(
  span: Span,
  method: 'setAttribute' | 'setAttributes' | 'setStatus' | 'end',
  before: (...args: never[]) => unknown[] | undefined,
): void {
  const original = Reflect.get(span, method) as (...args: unknown[]) => unknown;
  Object.defineProperty(span, method, {
    value: function (this: Span, ...args: unknown[]) {
      return Reflect.apply(original, this, guarded('query', () => before(...(args as never[]))) ?? args);
    },
    configurable: true,
    writable: true,
  });
}
