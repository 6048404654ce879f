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
const byMessage = processWide('failed-messages', () => new WeakMap<Execution, FailedMessage[]>());
const MAX_MESSAGES = 10;
/** Longer ones contain a long statement. */
const MAX_MESSAGE_LENGTH = 8_000;

/** The message of a failed query, with its values. */
export interface FailedMessage {
  readonly message: string;
  readonly query: FailedQuery;
}

/** Keeps what is known about a failed query until its error is reported. */
export function noteFailedQuery(error: unknown, query: FailedQuery): void {
  if (typeof error === 'object' && error !== null) byError.set(error, query);
}

/** Like {@link noteFailedQuery}, by the message of its error: libraries and applications copy it to errors of their own. */
export function noteFailedMessage(execution: Execution, message: string, query: FailedQuery): void {
  if (message.length > MAX_MESSAGE_LENGTH) return;
  const others = failedMessagesOf(execution).filter((each) => each.message !== message);
  byMessage.set(execution, [...others.slice(1 - MAX_MESSAGES), { message, query }]);
}

/** The last failed queries of an execution, the newest last. */
export function failedMessagesOf(execution: Execution): readonly FailedMessage[] {
  return byMessage.get(execution) ?? [];
}

/** What was noted about this error, or about a failed query of the execution that had its message. */
export function failedQueryOf(error: object, message: string, execution: Execution): FailedQuery | undefined {
  return (
    byError.get(error) ?? failedMessagesOf(execution).findLast((failed) => isMessageOf(failed.message, message))?.query
  );
}

/** Query builders such as knex put the statement before the message of the driver. */
function isMessageOf(driver: string, message: string): boolean {
  return message === driver || (driver !== '' && message.endsWith(` - ${driver}`));
}
