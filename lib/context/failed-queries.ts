import { processWide } from '../process-state/process-wide.js';
import type { Execution } from './execution.js';

/** Connections of a pool. */
export interface PoolStatus {
  /** Open connections, idle or not. */
  size: number;
  idle: number;
  /** Callers that wait for a connection; one that has given up is not counted. */
  waiting: number;
}

/** What is known about a failed query besides its error. */
export interface FailedQuery {
  /** Without values. */
  statement?: string;
  system?: string;
  dataSource?: string;
  /** The state of the pool, if no connection could be had. */
  pool?: PoolStatus;
}

const byError = processWide('failed-queries', () => new WeakMap<object, FailedQuery>());
const lastOf = processWide(
  'last-failed-query',
  () => new WeakMap<Execution, { message: string; query: FailedQuery }>(),
);

/** Keeps what is known about a failed query until its error is reported. */
export function noteFailedQuery(error: unknown, query: FailedQuery): void {
  if (typeof error === 'object' && error !== null) byError.set(error, query);
}

/** Like {@link noteFailedQuery}, if only the message of its error is known. */
export function noteFailedMessage(execution: Execution, message: string, query: FailedQuery): void {
  lastOf.set(execution, { message, query });
}

/** What was noted about this error, or about the last failed query of the execution if that had its message. */
export function failedQueryOf(error: object, message: string, execution: Execution): FailedQuery | undefined {
  const last = lastOf.get(execution);
  return byError.get(error) ?? (last && isMessageOf(last.message, message) ? last.query : undefined);
}

/** Query builders such as knex put the statement before the message of the driver. */
function isMessageOf(driver: string, message: string): boolean {
  return message === driver || (driver !== '' && message.endsWith(` - ${driver}`));
}
