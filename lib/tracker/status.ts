import { clientState, isActive, type ClientOrigin } from '../client/state.js';
import { isFailing } from '../delivery/counts.js';
import { deliveryStatus, type DeliveryStatus } from '../delivery/status.js';
import { stats, type CaptureCounts, type HookState } from '../stats/stats.js';

/** What the tracker does and has done in this process. */
export interface TrackerStatus {
  /** `degraded`: the last attempt at delivery failed. `disabled`: nothing is sent. */
  state: 'ok' | 'degraded' | 'disabled';
  enabled: boolean;
  /**
   * Who has started the SDK: `own`, this library; `adopted` and `replaced`, a call of `Sentry.init()` before or after
   * `initSentry()`, which should be removed. Undefined if nothing has.
   */
  client?: ClientOrigin;
  dsnConfigured: boolean;
  environment: string;
  release?: string;
  sampleRate: number;
  tracesSampleRate: number;
  capture: CaptureCounts;
  delivery: DeliveryStatus;
  /** Failures in hooks of the application and in this library, by place: `user-resolver`, `operation-data`, … */
  faults: Record<string, number>;
  /**
   * Whether each hook on Nest is in place: `true`, `false` if this copy or version of Nest has no such place, or
   * `'not installed'`.
   */
  hooks: Record<string, HookState>;
}

export function trackerStatus(): TrackerStatus {
  const { client, options } = clientState;
  const active = isActive();
  return {
    state: !active ? 'disabled' : isFailing() ? 'degraded' : 'ok',
    enabled: client !== undefined && options?.enabled === true,
    client: clientState.client && clientState.origin,
    dsnConfigured: Boolean(options?.dsn),
    environment: options?.environment ?? process.env.SENTRY_ENVIRONMENT ?? process.env.NODE_ENV ?? 'development',
    release: options?.release,
    sampleRate: options?.sampleRate ?? 0,
    tracesSampleRate: options?.tracesSampleRate ?? 0,
    capture: { ...stats.capture },
    delivery: deliveryStatus(),
    faults: { ...stats.faults },
    hooks: { ...stats.hooks },
  };
}
