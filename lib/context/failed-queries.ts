import {
  databaseMessage,
  isMessageOf,
  withoutDetailValues,
  withoutMessage,
  type KnownQuery,
} from '../grouping/index.js';
import { processWide } from '../process-state/process-wide.js';
import type { Execution } from './execution.js';
import { failedMessagesOf, noteFailedMessage, type FailedMessage } from './failed-messages.js';

/**
 * Connections of a pool.
 *
 * @example
 * ```ts
 * const { idle, waiting } = tracker.status().pools?.default ?? {};
 * ```
 */
export interface PoolStatus {
  /** Open connections, idle or not. */
  size: number;
  idle: number;
  /** Callers that wait for a connection; one that has given up is not counted. */
  waiting: number;
}

/** What is known about a failed query besides its error. */
export interface FailedQuery extends KnownQuery {
  readonly dataSource?: string;
  /** The state of the pool, if no connection could be had. */
  readonly pool?: PoolStatus;
}

const byError = processWide('failed-queries', () => new WeakMap<object, FailedQuery>());

/** The message of a failed query, which tells which query an error is about that only has its message. */
interface FailedQueryMessage extends FailedMessage {
  readonly query: FailedQuery;
}

/** Keeps what is known about a failed query until its error is reported. */
export function noteFailedQuery(error: unknown, query: FailedQuery): void {
  if (typeof error === 'object' && error !== null) byError.set(error, query);
}

/** Like {@link noteFailedQuery}, by the message of its error: libraries and applications copy it to errors of their own. */
export function noteFailedQueryMessage(execution: Execution, message: string, query: FailedQuery): void {
  const failed: FailedQueryMessage = {
    message,
    query: { ...query, message },
    clean: () => databaseMessage({}, message, query),
    remove: (text, clean) => withoutMessage(text, message, clean, query),
    cleanDetails: query.system === 'postgresql' ? withoutDetailValues : undefined,
  };
  noteFailedMessage(execution, failed);
}

/** What was noted about this error, or about a failed query of the execution that had its message. */
export function failedQueryOf(error: object, message: string, execution: Execution): FailedQuery | undefined {
  return (
    byError.get(error) ??
    failedMessagesOf(execution)
      .filter(isOfQuery)
      .findLast((failed) => isMessageOf(failed.message, message, failed.query))?.query
  );
}

function isOfQuery(failed: FailedMessage): failed is FailedQueryMessage {
  return 'query' in failed;
}
