import type { Span } from '@sentry/nestjs';
import { subscribe } from 'node:diagnostics_channel';
import { guarded } from '../stats/stats.js';
import { beginDriverQuery, driverRows } from './driver-queries.js';
import type { RunningQuery } from './running-query.js';
import { nameStatement } from './span-values.js';

/** A query of postgres.js, which is handled once it is awaited. */
interface Query {
  executed?: boolean;
  strings?: readonly string[];
  resolve: (result: unknown) => unknown;
  reject: (error: unknown) => unknown;
}
interface Handled {
  self?: Query;
  _sentrySpan?: Span;
}
interface Connected {
  arguments?: readonly [options?: { database?: unknown }];
  result?: object;
}
interface Sent {
  self?: object;
  arguments?: readonly [query?: object];
}

const SYSTEM = 'postgresql';
const CHANNELS = 'tracing:orchestrion:postgres:';

/**
 * Follows queries of postgres.js with Sentry 11, which turns its functions into channels. A query ends when it is settled,
 * and learns its database from the connection that takes it.
 */
export function followPostgresJs(): void {
  const databases = new WeakMap<object, string>();
  const running = new WeakMap<object, RunningQuery>();
  on('connection:end', ({ arguments: args, result }: Connected) => {
    const database = args?.[0]?.database;
    if (result && typeof database === 'string') databases.set(result, database);
  });
  on('handle:start', ({ self: query, _sentrySpan: span }: Handled) => {
    if (!query || query.executed) return;
    const sql = statementIn(query);
    const sent = beginDriverQuery({ sql, system: SYSTEM });
    if (!sent) return;
    running.set(query, sent);
    settleWith(query, sent);
    if (span) nameStatement(span, sent.text);
  });
  for (const name of ['execute:start', 'connect:start']) {
    on(name, ({ self, arguments: args }: Sent) => {
      const query = args?.[0] && running.get(args[0]);
      const database = self && databases.get(self);
      if (query && database !== undefined) query.source.dataSource ??= database;
    });
  }
}

function on<T>(name: string, listener: (message: T) => void): void {
  subscribe(CHANNELS + name, (message) => {
    guarded('query', () => {
      listener(message as T);
    });
  });
}

function statementIn({ strings = [] }: Query): string {
  return strings.map((part, index) => (index === 0 ? part : `$${index}${part}`)).join('');
}

/** Before the application learns how it ended: it may report an error. */
function settleWith(query: Query, sent: RunningQuery): void {
  const { resolve, reject } = query;
  query.resolve = (result) => {
    sent.finish(guarded('query', () => rowsOf(result)));
    return resolve.call(query, result);
  };
  query.reject = (error) => {
    sent.fail(error);
    return reject.call(query, error);
  };
}

/** A result is an array of rows, with the number of those that were changed. */
function rowsOf(result: unknown): number | undefined {
  const { count } = (result ?? {}) as { count?: unknown };
  return typeof count === 'number' ? count : driverRows(result);
}
