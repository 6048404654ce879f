import type { NodeClient } from '@sentry/nestjs';
import { InFlightEvents } from '../client/in-flight-events.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { settlePendingFailures } from './http-failure.js';
import { sendSummaries } from './quota/quota.js';

const exit = processWide<{ report?: () => void; listener?: () => void }>('exit-reports', () => ({}));

/**
 * Passes everything that was captured to the transport when the process exits, so that it is written to disk. Ends when
 * the client is closed.
 */
export function reportAtExit(client: NodeClient): void {
  const inFlight = new InFlightEvents(client);
  const report = () => {
    guarded('exit', () => {
      inFlight.complete();
    });
    guarded('exit', settlePendingFailures);
    sendSummaries();
    // The SDK sends its buffered logs, metrics and spans.
    guarded('exit', () => {
      client.emit('flush');
    });
  };
  exit.report = report;
  if (!exit.listener) {
    exit.listener = () => exit.report?.();
    process.prependListener('exit', exit.listener); // before the transport closes the spool
  }
  client.on('close', () => {
    if (exit.report !== report || !exit.listener) return; // another client has replaced this one
    process.off('exit', exit.listener);
    exit.report = exit.listener = undefined;
  });
}
