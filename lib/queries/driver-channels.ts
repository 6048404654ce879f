import type { Span } from '@sentry/nestjs';
import { tracingChannel } from 'node:diagnostics_channel';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import {
  beginDriverQuery,
  currentSender,
  databaseIn,
  driverRows,
  noteFailedConnection,
  setSender,
  type DriverQuery,
  type Sender,
} from './driver-queries.js';
import { followPostgresJs } from './postgres-js-channels.js';
import { type RunningQuery } from './running-query.js';
import { statementOf } from './statements.js';

/** A message of a channel; the same object from the start of a query to its end. */
interface Message {
  // Of the channels into which Sentry 11 turns the methods of drivers.
  arguments?: ArrayLike<unknown>;
  self?: { connectionParameters?: { database?: unknown }; config?: { database?: unknown } };
  // Of mysql2.
  query?: unknown;
  database?: unknown;
  /** Of the SDK, which starts it before the subscribers of the channel are called. */
  _sentrySpan?: Span;
  // Of Node.
  result?: unknown;
  error?: unknown;
}

const POSTGRESQL = ['orchestrion:pg:query'];
const MYSQL = ['orchestrion:mysql2:query', 'orchestrion:mysql2:execute', 'orchestrion:mysql:query'];
/** From mysql2 3.20 on, whatever the version of the SDK. */
const OWN_MYSQL2 = ['mysql2:query', 'mysql2:execute'];
/** Connections, by the database. */
const CONNECTIONS: Record<string, readonly string[]> = {
  postgresql: ['orchestrion:pg:connect', 'orchestrion:pg-pool:connect'],
  mysql: ['mysql2:connect', 'mysql2:pool:connect', 'orchestrion:mysql:connect'],
};

/**
 * Follows queries through Node's tracing channels. They tell of every query, whether or not its request is traced: with
 * Sentry 11, of `pg`, `mysql` and `mysql2`; with Sentry 10, of `mysql2` since 3.20. Channels on which nobody publishes
 * cost nothing; then there are no breadcrumbs.
 */
export function followDriverChannels(): void {
  processWide('driver-channels', () => {
    for (const name of POSTGRESQL) follow(name, (message) => calledWith(message, 'postgresql'));
    for (const name of MYSQL) follow(name, (message) => calledWith(message, 'mysql'));
    for (const name of OWN_MYSQL2) follow(name, published);
    for (const [system, names] of Object.entries(CONNECTIONS))
      for (const name of names) followConnections(name, system);
    followPostgresJs();
    return true;
  });
}

function follow(name: string, read: (message: Message) => DriverQuery | undefined): void {
  const running = new WeakMap<object, RunningQuery>();
  const end = (message: Message) => {
    const query = running.get(message);
    if (!query) return;
    running.delete(message);
    if ('error' in message) query.fail(message.error);
    else query.finish(driverRows(message.result));
  };
  tracingChannel<unknown, Message>(name).subscribe({
    start: (message) => {
      const query = guarded('query', () => {
        const sent = read(message);
        if (sent) removeSpanValues(message, sent);
        return sent && beginDriverQuery(sent);
      });
      if (query) running.set(message, query);
    },
    // A call that has failed, or whose result is there, ends at once; otherwise its callback or promise ends it.
    end: (message) => {
      if ('error' in message || 'result' in message) end(message);
    },
    asyncStart: () => undefined,
    // Before the callback of the application, which may report an error.
    asyncEnd: end,
    error: () => undefined,
  });
}

function followConnections(name: string, system: string): void {
  const senders = new WeakMap<object, Sender>();
  tracingChannel<unknown, Message>(name).subscribe({
    start: (message) => {
      guarded('query', () => senders.set(message, currentSender()));
    },
    end: () => undefined,
    // Around the callback of whoever has waited for the connection.
    asyncStart: (message) => {
      setSender(senders.get(message));
    },
    asyncEnd: () => {
      setSender(undefined);
    },
    error: (message) => {
      guarded('query', () => {
        const { database, error } = message;
        const query = { system, ...databaseIn(database) };
        noteFailedConnection(query, error, senders.get(message)?.scope);
      });
    },
  });
}

/** mysql2 publishes statements with the values in them; the SDK leaves parts of those that contain a quote. */
function removeSpanValues({ _sentrySpan: span, query }: Message, { sql, system }: DriverQuery): void {
  if (!span || query === undefined) return;
  const { text } = statementOf(sql, system);
  span.updateName(text);
  span.setAttribute('db.query.text', text);
}

function calledWith({ arguments: args, self }: Message, system: string): DriverQuery | undefined {
  const database = self?.connectionParameters?.database ?? self?.config?.database;
  return withSql(args?.[0], system, database);
}

function published({ query, database }: Message): DriverQuery | undefined {
  return withSql(query, 'mysql', database);
}

function withSql(query: unknown, system: string, database: unknown): DriverQuery | undefined {
  const { text, sql } = typeof query === 'object' && query !== null ? (query as { text?: unknown; sql?: unknown }) : {};
  const statement = typeof query === 'string' ? query : (text ?? sql);
  if (typeof statement !== 'string') return undefined;
  return { sql: statement, system, ...databaseIn(database) };
}
