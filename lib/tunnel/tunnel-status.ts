import { processWide } from '../process-state/process-wide.js';

/**
 * What has become of the envelopes that the tunnel was sent.
 *
 * @example
 * ```ts
 * const { accepted, refused } = tracker.status().tunnel ?? {};
 * ```
 */
export interface TunnelStatus {
  /** Envelopes that were taken. */
  accepted: number;
  /** Of these, envelopes that Sentry has accepted. */
  forwarded: number;
  /**
   * Requests that were refused, by reason: `dsn`, `origin`, `method`, `too_large`, `encoding`, `malformed`, `timeout`,
   * `client_rate`, `total_rate`, `rate_limited` (by Sentry), `queue_full`, `disabled`, `fault`; and items that were left out:
   * `type`.
   */
  refused: Record<string, number>;
}

const state = processWide<{ status?: TunnelStatus }>('tunnel', () => ({}));

/** The counts of this process. */
export function tunnelCounts(): TunnelStatus {
  return (state.status ??= { accepted: 0, forwarded: 0, refused: {} });
}

export function countRefused(reason: string, count = 1): void {
  const { refused } = tunnelCounts();
  refused[reason] = (refused[reason] ?? 0) + count;
}

/** Undefined without a tunnel. */
export function tunnelStatus(): TunnelStatus | undefined {
  return state.status && { ...state.status, refused: { ...state.status.refused } };
}
