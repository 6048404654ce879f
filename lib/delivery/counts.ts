import { processWide } from '../ledger/process-wide.js';

/** What became of everything that was handed to the door, for `tracker.status().delivery`. */
export interface DeliveryCounts {
  /** Items that Sentry took. */
  delivered: number;
  /** Items on their way. */
  waiting: number;
  /** Items that were sent again. */
  retried: number;
  /** Items that were not delivered, by reason (`network_error`, `ratelimit_backoff`, `queue_overflow`, `scrubbing_failed`, `http_500`). */
  dropped: Record<string, number>;
  /** When Sentry last took something, ISO 8601. */
  lastSuccess?: string;
  lastFailure?: { at: string; reason: string };
}

export const delivery: DeliveryCounts = processWide('delivery', () => ({
  delivered: 0,
  waiting: 0,
  retried: 0,
  dropped: {},
}));

export function countDropped(reason: string, items = 1): void {
  delivery.dropped[reason] = (delivery.dropped[reason] ?? 0) + items;
}

export function noteFailure(reason: string): void {
  delivery.lastFailure = { at: new Date().toISOString(), reason };
}

export function noteSuccess(items: number): void {
  delivery.delivered += items;
  delivery.lastSuccess = new Date().toISOString();
}

/** Whether the last attempt at delivery failed. */
export function isFailing(): boolean {
  const failed = delivery.lastFailure?.at;
  return failed !== undefined && (delivery.lastSuccess === undefined || failed > delivery.lastSuccess);
}
