import type { NodeClient } from '@sentry/nestjs';
import { InFlightEvents } from '../client/in-flight-events.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { wouldEndByException } from './failed-start.js';
import { settlePendingFailures } from './http-failure.js';
import { sendSummaries } from './quota/quota.js';

const exit = processWide<{ report?: () => void; hasBegun?: boolean }>('exit-reports', () => ({}));

/** Passes everything that was captured to the transport when the process exits, so that it is written to disk. */
export function reportAtExit(client: NodeClient): void {
  const inFlight = new InFlightEvents(client);
  const isListening = exit.report !== undefined;
  exit.report = () => {
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
  // Before the transport closes the spool.
  if (isListening) return;
  process.prependListener('exit', () => exit.report?.());
  process.on('uncaughtExceptionMonitor', keepFailureOfExit);
}

/** If a listener for `exit` throws, the exit code is 1, unless the SDK's listener handles the exception. */
function keepFailureOfExit(): void {
  if (exit.hasBegun && wouldEndByException()) process.exitCode ??= 1;
}
