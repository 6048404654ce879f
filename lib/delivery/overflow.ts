import type { NodeClient } from '@sentry/nestjs';
import { countDropped } from './counts.js';

/** Counts events that the SDK drops because it prepares too many at once: they never reach the transport. */
export function countOverflow(client: NodeClient): void {
  const record = client.recordDroppedEvent.bind(client);
  client.recordDroppedEvent = (reason, category, count) => {
    if (reason === 'queue_overflow') countDropped(reason, count ?? 1);
    record(reason, category, count);
  };
}
