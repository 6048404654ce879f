import { processWide } from '../process-state/process-wide.js';
import type { Execution } from './execution.js';

/** The message of a failed query or delivery: libraries and applications quote it in errors and log lines of their own. */
export interface FailedMessage {
  /** With its values. */
  readonly message: string;
  /** What may be sent of it. */
  readonly clean: () => string;
  /** Removes the message, and what libraries put before it, from a text; default: only the message. */
  readonly remove?: (text: string, clean: string) => string;
  /** Removes values from what is quoted beside the message. */
  readonly cleanDetails?: (text: string) => string;
}

const MAX_MESSAGES = 10;
/** Longer ones contain a long statement. */
const MAX_LENGTH = 8_000;

const byExecution = processWide('failed-messages', () => new WeakMap<Execution, FailedMessage[]>());

/** Keeps the message of a failure until the execution is over. */
export function noteFailedMessage(execution: Execution, failed: FailedMessage): void {
  if (failed.message.length > MAX_LENGTH) return;
  const others = failedMessagesOf(execution).filter(({ message }) => message !== failed.message);
  byExecution.set(execution, [...others.slice(1 - MAX_MESSAGES), { ...failed, clean: once(failed.clean) }]);
}

/** Several events, log lines and alerts may quote one message. */
function once(compute: () => string): () => string {
  let known: string | undefined;
  return () => (known ??= compute());
}

/** The last ones of an execution, the newest last. */
export function failedMessagesOf(execution: Execution): readonly FailedMessage[] {
  return byExecution.get(execution) ?? [];
}
