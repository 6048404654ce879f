import { getIsolationScope, type Scope } from '@sentry/nestjs';
import { executionOf } from '../context/execution.js';
import { noteFailedQuery, noteFailedQueryMessage } from '../context/failed-queries.js';
import { guarded } from '../stats/stats.js';
import { RunningQuery, surroundingQuery } from './running-query.js';

/** What a driver tells about a query. */
export interface DriverQuery {
  readonly sql: string;
  readonly system: string;
  /** Name of the database. */
  readonly database?: string;
}

/** The name of the database, as a driver keeps it; MySQL has none before one is chosen. */
export function databaseIn(name: unknown): Pick<DriverQuery, 'database'> {
  return typeof name === 'string' && name !== '' ? { database: name } : {};
}

/**
 * Begins a query that a driver sends. Within a query of a tracked ORM, it belongs to that, which knows more of it; only an
 * operation, as those of Prisma, is replaced by what the driver sends.
 *
 * @param sender - who sends it
 * @returns undefined if it leaves no breadcrumb
 */
export function beginDriverQuery(
  { sql, system, database }: DriverQuery,
  { scope, outer }: Sender = connectedSender ?? currentSender(),
): RunningQuery | undefined {
  if (!outer?.isOpen) return RunningQuery.ofDriver(sql, { system, dataSource: database }, undefined, scope);
  if (!outer.isOperation) return undefined;
  const { dataSource = database, settings } = outer.source;
  return RunningQuery.ofDriver(sql, { system, dataSource, settings }, outer, scope);
}

/** Who sends a query. */
export interface Sender {
  readonly scope: Scope;
  /** The query of an ORM that it belongs to. */
  readonly outer: RunningQuery | undefined;
}

let connectedSender: Sender | undefined;

export function currentSender(): Sender {
  return { scope: getIsolationScope(), outer: surroundingQuery() };
}

/**
 * Who sends queries while the callback of a pool runs; undefined for the running code. A pool calls whoever has waited
 * for a connection from the code that has returned it, and thus in the context of another request.
 */
export function setSender(next: Sender | undefined): void {
  connectedSender = next;
}

/**
 * Keeps that a driver got no connection: such an error names neither the driver nor, if it is about a host, a port.
 *
 * @param error - or its message; drivers copy it to errors of their own
 */
export function noteFailedConnection(
  { system, database: dataSource }: Omit<DriverQuery, 'sql'>,
  error: unknown,
  scope: Scope = getIsolationScope(),
): void {
  const query = { system, dataSource };
  noteFailedQuery(error, query);
  const message = typeof error === 'string' ? error : (error as Error | undefined)?.message;
  if (typeof message === 'string') noteFailedQueryMessage(executionOf(scope), message, query);
}

/** Rows that a driver returned, or changed. */
export function driverRows(result: unknown): number | undefined {
  return guarded('query', () => {
    if (Array.isArray(result)) return result.length;
    if (typeof result !== 'object' || result === null) return undefined;
    const { rowCount, affectedRows } = result as { rowCount?: unknown; affectedRows?: unknown };
    const rows = rowCount ?? affectedRows;
    return typeof rows === 'number' ? rows : undefined;
  });
}
