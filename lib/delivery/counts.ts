import { processWide } from '../process-state/process-wide.js';

/**
 * Delivery counts, for `tracker.status().delivery`.
 *
 * @example
 * ```ts
 * import { type DeliveryCounts } from 'nestjs-error-tracker';
 *
 * const counts: DeliveryCounts = tracker.status().delivery;
 * tracker.metrics.gauge('sentry.waiting', counts.waiting);
 * ```
 */
export interface DeliveryCounts {
  /** Items that Sentry accepted. */
  delivered: number;
  /** Items that Sentry has not accepted yet, on disk and in memory. */
  waiting: number;
  /** Waiting items that are on disk: they survive the process. */
  spooled: number;
  /** Retried items; an item counts once for each retry. */
  retried: number;
  /**
   * Items that will never be delivered, by reason: `http_400` and other rejections, `spool_full`,
   * `too_large` (for the spool), `spool_expired`, `spool_damaged`, `queue_overflow`, `scrubbing_failed`.
   */
  dropped: Record<string, number>;
  /** When Sentry last accepted something, ISO 8601. */
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

export function recordFailure(reason: string): void {
  delivery.lastFailure = { at: new Date().toISOString(), reason };
}

export function recordSuccess(items: number): void {
  delivery.delivered += items;
  delivery.lastSuccess = new Date().toISOString();
}

/** Whether the last attempt at delivery failed. */
export function isFailing(): boolean {
  const failed = delivery.lastFailure?.at;
  return failed !== undefined && (delivery.lastSuccess === undefined || failed > delivery.lastSuccess);
}
