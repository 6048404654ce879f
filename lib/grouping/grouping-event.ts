import { transactionPattern } from './path-pattern.js';

/** What is known of an event besides its error. */
export interface GroupingEvent {
  message?: string;
  exceptionType?: string;
  exceptionValue?: string;
  /** Name of the transaction: `GET /orders/:id`, `GET /orders/42`, `job mail welcome`. */
  transaction?: string;
  /** `Controller.method`. */
  handler?: string;
  /** The innermost tracked operation that was unfinished. */
  operation?: string;
  status?: number;
  /** The statement that was running, where a driver's error does not carry it. */
  statement?: string;
  /** A fingerprint that the application gave to this event: it stays. */
  existing?: string[];
}

export interface GroupingFacts {
  error: unknown;
  event: GroupingEvent;
}

/** A fingerprint for an error of one kind, or undefined where it is of another. */
export type Preset = (error: unknown, event: GroupingEvent) => string[] | undefined;

/** The handler, or where it is not known the transaction with its path as a pattern. */
export function handlerOf(event: GroupingEvent): string | undefined {
  return event.handler ?? endpointOf(event);
}

/** The transaction with its path as a pattern, or where it is not known the handler. */
export function endpointOf({ transaction, handler }: GroupingEvent): string | undefined {
  return transaction === undefined ? handler : transactionPattern(transaction);
}
