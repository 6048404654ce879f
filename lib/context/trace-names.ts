import type { NodeClient } from '@sentry/nestjs';
import { guarded } from '../stats/stats.js';
import { currentExecution } from './execution.js';
import { hasCustomName, transactionName } from './http-execution.js';

/**
 * Tells services that continue the trace of a request its route, and writes it into the trace header of its events.
 * Until the response ends, its span is named after its path, and Sentry 11 tells nothing.
 */
export function nameTraces(client: NodeClient): void {
  client.on('createDsc', (dsc, rootSpan) => {
    guarded('request-span', () => {
      const execution = currentExecution();
      if (!rootSpan || execution.span !== rootSpan || hasCustomName(rootSpan)) return;
      const name = execution.name ?? transactionName(execution);
      if (name !== undefined) dsc.transaction = name;
    });
  });
}
