import { alertStatus, type AlertStatus } from '../alerts/alert-status.js';
import { clientState, isActive, type ClientOrigin } from '../client/state.js';
import { deliveryStatus, isDegraded, type DeliveryStatus } from '../delivery/status.js';
import type { PoolStatus } from '../context/failed-queries.js';
import { poolStatus } from '../queries/pools.js';
import { tunnelStatus, type TunnelStatus } from '../tunnel/tunnel-status.js';
import { stats, type CaptureCounts, type HookState } from '../stats/stats.js';

/**
 * The state of the tracker and its counters in this process.
 *
 * @example
 * ```ts
 * const { state, capture, delivery } = tracker.status();
 * console.log(state, capture.reported, delivery.waiting, delivery.dropped);
 * ```
 */
export interface TrackerStatus {
  /**
   * `degraded`: the last delivery attempt failed, something has waited longer than a minute, or the circuit is not
   * closed. `disabled`: nothing is sent.
   */
  state: 'ok' | 'degraded' | 'disabled';
  enabled: boolean;
  /**
   * What started the SDK. `own`: this library. `adopted` or `replaced`: a call to `Sentry.init()` before or after
   * `initSentry()`; remove that call. Undefined if the SDK has not been started.
   */
  client?: ClientOrigin;
  dsnConfigured: boolean;
  environment: string;
  release?: string;
  sampleRate: number;
  tracesSampleRate: number;
  capture: CaptureCounts;
  delivery: DeliveryStatus;
  /** Errors in the application's callbacks and in this library, by location: `user-resolver`, `operation-data`, … */
  faults: Record<string, number>;
  /**
   * Whether each hook on Nest is in place: `true`, `false` if this copy or version of Nest cannot be hooked, or
   * `'not installed'`.
   */
  hooks: Record<string, HookState>;
  /** The connection pools of tracked data sources, by the name of the data source. */
  pools: Record<string, PoolStatus>;
  /** The alerts of this process; undefined without rules and channels. */
  alerts?: AlertStatus;
  /** What front ends have sent through the tunnel, in this process; undefined without `tunnel`. */
  tunnel?: TunnelStatus;
}

export function trackerStatus(): TrackerStatus {
  const { client, options } = clientState;
  const delivery = deliveryStatus();
  return {
    state: !isActive() ? 'disabled' : isDegraded(delivery) ? 'degraded' : 'ok',
    enabled: client !== undefined && options?.enabled === true,
    client: clientState.client && clientState.origin,
    dsnConfigured: Boolean(options?.dsn),
    environment: options?.environment ?? process.env.SENTRY_ENVIRONMENT ?? process.env.NODE_ENV ?? 'development',
    release: options?.release,
    sampleRate: options?.sampleRate ?? 0,
    tracesSampleRate: options?.tracesSampleRate ?? 0,
    capture: { ...stats.capture },
    delivery,
    faults: { ...stats.faults },
    hooks: { ...stats.hooks },
    pools: poolStatus(),
    alerts: alertStatus(),
    tunnel: tunnelStatus(),
  };
}
