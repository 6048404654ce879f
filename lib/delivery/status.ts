import { processWide } from '../process-state/process-wide.js';
import type { CircuitState } from './circuit.js';
import { delivery, type DeliveryCounts } from './counts.js';

/** What became of everything that was handed to the door, and how it goes on. */
export interface DeliveryStatus extends DeliveryCounts {
  /** When the oldest of what is waiting was handed over, ISO 8601. */
  oldestWaiting?: string;
  /** `open`: Sentry could not be reached several times in a row, nothing is tried for a while; `half-open`: one request tries. */
  circuit: CircuitState;
}

interface OpenOutbox {
  readonly circuitState: CircuitState;
  oldest(): number | undefined;
  foldUp(): void;
}

/** The door that is open in this process. */
export const activeTransport = processWide<{ outbox?: OpenOutbox }>('door', () => ({}));

export function deliveryStatus(): DeliveryStatus {
  const { outbox } = activeTransport;
  const oldest = outbox?.oldest();
  return {
    ...delivery,
    dropped: { ...delivery.dropped },
    oldestWaiting: oldest === undefined ? undefined : new Date(oldest).toISOString(),
    circuit: outbox?.circuitState ?? 'closed',
  };
}
