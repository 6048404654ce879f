import { processWide } from '../process-state/process-wide.js';
import type { CircuitState } from './circuit.js';
import type { EnvelopeParts } from './envelope-bytes.js';
import type { RateLimits } from './rate-limits.js';
import type { SpoolState } from './spool/spool.js';
import { delivery, isFailing, type DeliveryCounts } from './counts.js';

/**
 * Delivery counts, and the current state of the transport.
 *
 * @example
 * ```ts
 * const { waiting, dropped, circuit, lastFailure } = tracker.status().delivery;
 * ```
 */
export interface DeliveryStatus extends DeliveryCounts {
  /** When the oldest waiting item was queued, ISO 8601. */
  oldestWaiting?: string;
  /** `open`: several attempts in a row have failed, and nothing is sent for a while; `half-open`: one request probes. */
  circuit: CircuitState;
  /**
   * Whether events are written to disk before they are sent. If not (`off`: there is no spool; `slow`: the disk takes
   * too long; `unusable`: it refuses them; `unresponsive`: its file system does not answer), what Sentry does not accept
   * at once waits in memory.
   */
  spool: SpoolState;
}

interface ActiveOutbox {
  readonly circuitState: CircuitState;
  readonly spoolState: SpoolState;
  readonly rateLimits: Pick<RateLimits, 'header' | 'until'>;
  isHalfFull(size: number): boolean;
  oldest(): number | undefined;
  flush(timeout: number): Promise<boolean>;
  rest(): void;
  retire(): void;
  shut(): void;
}

/** What is scrubbed, queued and sent to one project. */
export interface Delivery {
  readonly outbox: ActiveOutbox;
  /**
   * Scrubs and queues an envelope.
   *
   * @param onAccepted - called once Sentry has accepted it
   */
  send(envelope: EnvelopeParts, onAccepted?: () => void): Promise<{ statusCode?: number | undefined }>;
}

interface ActiveTransport {
  /** To the project of the application. */
  outbox?: ActiveOutbox;
  /** @param url - of the envelope endpoint of another project; undefined for that of the application */
  deliveryTo?: (url: string | undefined) => Delivery;
}

/** The transport of this process. */
export const activeTransport = processWide<ActiveTransport>('transport', () => ({}));

export function deliveryStatus(): DeliveryStatus {
  const { outbox } = activeTransport;
  // A report of what was dropped may wait as well, and is no item of the application.
  const oldest = delivery.waiting > 0 ? outbox?.oldest() : undefined;
  return {
    ...delivery,
    dropped: { ...delivery.dropped },
    oldestWaiting: oldest === undefined ? undefined : new Date(oldest).toISOString(),
    circuit: outbox?.circuitState ?? 'closed',
    spool: outbox?.spoolState ?? 'off',
  };
}

/** How long an item may wait before delivery counts as degraded, in milliseconds. */
const LONG_WAIT = 60_000;

/** Whether the last attempt at delivery failed, something has waited longer than a minute, or the circuit is not closed. */
export function isDegraded({ circuit, oldestWaiting }: DeliveryStatus, now = Date.now()): boolean {
  if (isFailing() || circuit !== 'closed') return true;
  return oldestWaiting !== undefined && now - Date.parse(oldestWaiting) > LONG_WAIT;
}
