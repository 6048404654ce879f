import type { CircuitState } from '../delivery/circuit.js';
import { trackerStatus, type TrackerStatus } from './status.js';

/**
 * Whether events are delivered, for health checks. It contains no address, no DSN and no token.
 *
 * @example
 * ```ts
 * import { type SentryHealth } from 'nestjs-error-tracker';
 *
 * const response = await fetch('http://localhost:3000/health/sentry'); // the path of forRoot({ health })
 * const { state, waiting } = (await response.json()) as SentryHealth;
 * ```
 */
export interface SentryHealth {
  /**
   * `degraded`: the last delivery attempt failed, something has waited longer than a minute, or the circuit is not
   * closed. `disabled`: nothing is sent.
   */
  state: 'ok' | 'degraded' | 'disabled';
  enabled: boolean;
  dsnConfigured: boolean;
  environment: string;
  release?: string;
  sampleRate: number;
  tracesSampleRate: number;
  /** Items that Sentry accepted. */
  delivered: number;
  /** Items that Sentry has not accepted yet. */
  waiting: number;
  /** Items that will never be delivered, by reason. */
  dropped: Record<string, number>;
  /** When Sentry last accepted something, ISO 8601. */
  lastSuccess?: string;
  lastFailure?: { at: string; reason: string };
  circuit: CircuitState;
  /** What has become of the notifications of alert channels, by name; undefined without alerts. */
  alerts?: Record<string, { sent: number; failed: number; waiting: number }>;
}

/** The health of delivery in this process; a property that has no value is missing. */
export function sentryHealth(): SentryHealth {
  const { state, enabled, dsnConfigured, environment, release, sampleRate, tracesSampleRate, delivery, alerts } =
    trackerStatus();
  const { delivered, waiting, dropped, lastSuccess, lastFailure, circuit } = delivery;
  return {
    state,
    enabled,
    dsnConfigured,
    environment,
    ...(release !== undefined && { release }),
    sampleRate,
    tracesSampleRate,
    delivered,
    waiting,
    dropped,
    ...(lastSuccess !== undefined && { lastSuccess }),
    ...(lastFailure && { lastFailure }),
    circuit,
    ...(alerts && { alerts: countsOf(alerts) }),
  };
}

/** Whether a health check should pass: delivery that is degraded fails only a critical one. */
export function isUp({ state }: SentryHealth, critical = false): boolean {
  return !critical || state !== 'degraded';
}

/** Without the last error, which is a text of the receiver. */
function countsOf({ channels }: NonNullable<TrackerStatus['alerts']>): SentryHealth['alerts'] {
  return Object.fromEntries(
    Object.entries(channels).map(([name, { sent, failed, waiting }]) => [name, { sent, failed, waiting }]),
  );
}
