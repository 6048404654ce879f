import { processWide } from '../process-state/process-wide.js';

/** What became of everything that was handed to the door, for `tracker.status().delivery`. */
export interface DeliveryCounts {
  /** Items that Sentry took. */
  delivered: number;
  /** Items that Sentry has not taken yet, on disk and in memory. */
  waiting: number;
  /** Those of `waiting` that are on disk: they outlive the process. */
  spooled: number;
  /** Items that were sent again. */
  retried: number;
  /**
   * Items that were not delivered and never will be, by reason: `http_400` and other refusals, `spool_full`,
   * `spool_expired`, `spool_damaged`, `queue_overflow`, `scrubbing_failed`.
   */
  dropped: Record<string, number>;
  /** When Sentry last took something, ISO 8601. */
  lastSuccess?: string;
  /** `ECONNREFUSED`, `ETIMEDOUT`, `http_503`, … */
  lastFailure?: { at: string; reason: string };
}

export const delivery: DeliveryCounts = processWide('delivery', () => ({
  delivered: 0,
  waiting: 0,
  spooled: 0,
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
