import type { NodeClient } from '@sentry/nestjs';
import { countDropped } from './counts.js';

/** Counts what the SDK drops because it prepares too many events at once: that never comes to the door. */
export function countOverflow(client: NodeClient): void {
  const record = client.recordDroppedEvent.bind(client);
  client.recordDroppedEvent = (reason, category, count) => {
    if (reason === 'queue_overflow') countDropped(reason, count ?? 1);
    record(reason, category, count);
  };
}
