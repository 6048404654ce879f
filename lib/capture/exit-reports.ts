import type { NodeClient } from '@sentry/nestjs';
import { InFlightEvents } from '../client/in-flight-events.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { settlePendingFailures } from './http-failure.js';
import { sendSummaries } from './quota/quota.js';

const exit = processWide<{ report?: () => void }>('exit-reports', () => ({}));

/**
 * Hands everything that was captured to the transport when the process exits, however that comes about: what is handed
 * over is on disk.
 *
 * @param timeout - how long that may take, in milliseconds
 */
export function reportAtExit(client: NodeClient, timeout: number): void {
  const inFlight = new InFlightEvents(client);
  const isListening = exit.report !== undefined;
  exit.report = () => {
    guarded('exit', () => {
      inFlight.complete(Date.now() + timeout);
    });
    guarded('exit', settlePendingFailures);
    sendSummaries();
  };
  // Before the transport closes the spool.
  if (!isListening) process.prependListener('exit', () => exit.report?.());
}
