import { ownExecution, type Execution, type Handler } from '../context/execution.js';
import { nameByRoute } from '../context/http-execution.js';
import { guarded } from '../stats/stats.js';

/**
 * Records the handler that an execution has reached.
 *
 * @param kind - the type of Nest's context
 * @param request - the first argument of the handler's context, which is the request over HTTP
 */
export function recordHandler(handler: Handler, kind: string, request: unknown): void {
  guarded('interceptor', () => {
    const execution = ownExecution();
    execution.handler = handler;
    if (kind !== 'http' || !isRequestOf(execution, request)) return;
    execution.request = request;
    nameByRoute(execution);
  });
}

/** Third-party transports without a context type count as `http` too, but do not handle requests. */
function isRequestOf({ incoming }: Execution, request: unknown): boolean {
  return !incoming || request === incoming || (request as { raw?: unknown } | null | undefined)?.raw === incoming;
}
