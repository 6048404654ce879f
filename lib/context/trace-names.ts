import type { NodeClient, Span } from '@sentry/nestjs';
import { guarded } from '../stats/stats.js';
import { currentExecution } from './execution.js';
import { hasCustomName, transactionName } from './http-execution.js';

const SAMPLED = 1;

/** The name of a span that has ended is final. */
function hasEnded(span: Span): boolean {
  return !span.isRecording() && (span.spanContext().traceFlags & SAMPLED) !== 0;
}

/**
 * Tells services that continue the trace of a request its route, and writes it into the trace header of its events.
 * Until the response ends, its span is named after its path, and Sentry 11 tells nothing.
 */
export function nameTraces(client: NodeClient): void {
  client.on('createDsc', (dsc, rootSpan) => {
    guarded('request-span', () => {
      const execution = currentExecution();
      if (!rootSpan || execution.span !== rootSpan || hasCustomName(rootSpan) || hasEnded(rootSpan)) return;
      const name = execution.name ?? transactionName(execution);
      if (name !== undefined) dsc.transaction = name;
    });
  });
}
