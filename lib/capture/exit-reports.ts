import type { NodeClient } from '@sentry/nestjs';
import { InFlightEvents } from '../client/in-flight-events.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { wouldEndByException } from './failed-start.js';
import { settlePendingFailures } from './http-failure.js';
import { sendSummaries } from './quota/quota.js';

const exit = processWide<{ report?: () => void; listener?: () => void; hasBegun?: boolean }>(
  'exit-reports',
  () => ({}),
);

/**
 * Passes everything that was captured to the transport when the process exits, so that it is written to disk. Ends when
 * the client is closed.
 */
export function reportAtExit(client: NodeClient): void {
  const inFlight = new InFlightEvents(client);
  const report = () => {
    exit.hasBegun = true;
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
    process.on('uncaughtExceptionMonitor', keepFailureOfExit);
  }
  client.on('close', () => {
    if (exit.report !== report || !exit.listener) return; // another client has replaced this one
    process.off('exit', exit.listener);
    process.off('uncaughtExceptionMonitor', keepFailureOfExit);
    exit.report = exit.listener = undefined;
  });
}

/** If a listener for `exit` throws, the exit code is 1, unless the application handles the exception. */
function keepFailureOfExit(): void {
  if (exit.hasBegun && wouldEndByException()) process.exitCode ??= 1;
}
