import { captureException, type NodeClient } from '@sentry/nestjs';
import { isReference } from '../context/operation-chain.js';
import { InFlightEvents } from '../client/in-flight-events.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { interruptRuns } from './check-ins.js';
import { isOfSdk, wouldEndByException } from './failed-start.js';
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
    interruptRuns();
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
    process.on('uncaughtExceptionMonitor', reportBeforeListeners);
  }
  const close = client.close.bind(client);
  // After an uncaught exception, the SDK closes its client before it ends the process.
  client.close = (timeout) => {
    interruptRuns();
    return close(timeout);
  };
  client.on('close', () => {
    if (exit.report !== report || !exit.listener) return; // another client has replaced this one
    process.off('exit', exit.listener);
    process.off('uncaughtExceptionMonitor', keepFailureOfExit);
    process.off('uncaughtExceptionMonitor', reportBeforeListeners);
    exit.report = exit.listener = undefined;
  });
}

/** If a listener for `exit` throws, the exit code is 1, unless the application handles the exception. */
function keepFailureOfExit(): void {
  if (exit.hasBegun && wouldEndByException()) process.exitCode ??= 1;
}

/**
 * Reports each uncaught exception before any listener of `uncaughtException`. The SDK's own listener reports the first
 * one only, and not if a listener before it ends the process. If a listener throws, Node ends the process with code 7
 * and without `exit`. Both are seen in the call of `process.emit` that follows this event, so that one call is watched.
 */
function reportBeforeListeners(uncaught: unknown): void {
  const previous = Object.getOwnPropertyDescriptor(process, 'emit');
  const emit = process.emit.bind(process) as (event: string | symbol, ...args: unknown[]) => boolean;
  const watched = (event: string | symbol, ...args: unknown[]): boolean => {
    if (process.emit === watched) {
      if (previous) Object.defineProperty(process, 'emit', previous);
      else Reflect.deleteProperty(process, 'emit');
    }
    if (event !== 'uncaughtException') return emit(event, ...args);
    // The SDK recognises only objects as already reported.
    if (isReference(uncaught)) reportUncaught(uncaught);
    try {
      return emit(event, ...args);
    } catch (thrown) {
      exit.report?.();
      if (thrown !== uncaught) reportUncaught(thrown);
      throw thrown;
    }
  };
  guarded('exit', () => Object.defineProperty(process, 'emit', { value: watched, configurable: true, writable: true }));
}

/** As the SDK's listener does, if the application has left it in place. */
function reportUncaught(error: unknown): void {
  if (!process.listeners('uncaughtException').some(isOfSdk)) return;
  guarded('exit', () =>
    captureException(error, {
      mechanism: { type: 'auto.node.onuncaughtexception', handled: false },
      captureContext: { level: 'fatal' },
    }),
  );
}
