import { transactionPattern } from './path-pattern.js';

/** The data of an event besides its error. */
export interface GroupingEvent {
  message?: string;
  exceptionType?: string;
  exceptionValue?: string;
  /** Name of the transaction: `GET /orders/:id`, `GET /orders/42`, `job mail welcome`. */
  transaction?: string;
  /** `Controller.method`. */
  handler?: string;
  /** The innermost unfinished tracked operation. */
  operation?: string;
  status?: number;
  /** The running statement, if the driver's error does not carry it. */
  statement?: string;
  /** The database that was asked, as OpenTelemetry names it. */
  system?: string;
  /** A fingerprint set by the application; it is kept. */
  existing?: string[];
}

export interface GroupingFacts {
  error: unknown;
  event: GroupingEvent;
}

/** Returns the fingerprint of errors of one type, and undefined for others. */
export type Preset = (error: unknown, event: GroupingEvent) => string[] | undefined;

/** The handler; if unknown, the transaction with its path as a pattern. */
export function handlerOf(event: GroupingEvent): string | undefined {
  return event.handler ?? endpointOf(event);
}

/** The transaction with its path as a pattern; if unknown, the handler. */
export function endpointOf({ transaction, handler }: GroupingEvent): string | undefined {
  return transaction === undefined ? handler : transactionPattern(transaction);
}
