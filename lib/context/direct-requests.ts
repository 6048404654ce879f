import { getClient, withIsolationScope } from '@sentry/nestjs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIsolatedRequest, isolateDirectRequest } from '../client/request-isolation.js';
import { isActive } from '../client/state.js';
import { beginHttpExecution, hasHttpExecution } from './http-execution.js';
import { copyProcessScope } from './scopes.js';

/**
 * Runs a request that reaches the platform past a server as an execution of its own: `fastify.inject()`, HTTP/2,
 * serverless adapters, a caller that hands it over by itself. Costs one look at a request that came through a server.
 */
export function withRequestExecution(incoming: IncomingMessage, outgoing: ServerResponse, next: () => void): void {
  if (isIsolatedRequest(incoming) || hasHttpExecution(incoming) || !isActive()) {
    next();
    return;
  }
  isolateDirectRequest(incoming, outgoing, () => {
    if (hasHttpExecution(incoming)) next();
    else withOwnScope(incoming, outgoing, next);
  });
}

/** Without the SDK's HTTP integration nothing else isolates the request. */
function withOwnScope(incoming: IncomingMessage, outgoing: ServerResponse, next: () => void): void {
  const client = getClient();
  if (!client) {
    next();
    return;
  }
  withIsolationScope(copyProcessScope(client), () => {
    beginHttpExecution(incoming, outgoing);
    next();
  });
}
