import {
  continueTrace,
  getClient,
  setHttpStatus,
  startInactiveSpan,
  withActiveSpan,
  withIsolationScope,
  withScope,
} from '@sentry/nestjs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIsolatedRequest, isolateDirectRequest } from '../client/request-isolation.js';
import { isActive } from '../client/state.js';
import { insideExecution } from './execution.js';
import { attachRequestSpan, beginHttpExecution, hasHttpExecution } from './http-execution.js';
import { withinOperation } from './operation.js';
import { copyProcessScope, emptyScope } from './scopes.js';

/**
 * Runs a request that reaches the platform past a server as an execution of its own: `fastify.inject()`, HTTP/2,
 * serverless adapters, a caller that hands it over by itself. Costs one look at a request that came through a server.
 */
export function withRequestExecution(incoming: IncomingMessage, outgoing: ServerResponse, next: () => void): void {
  const client = getClient();
  if (!client || isIsolatedRequest(incoming) || hasHttpExecution(incoming) || !isActive()) {
    next();
    return;
  }
  const isNested = insideExecution();
  // Whoever calls may be inside another request: the SDK would copy its scope.
  withIsolationScope(copyProcessScope(client), () => {
    withScope(emptyScope(client), () => {
      withinOperation(undefined, () => {
        if (isNested) withOwnTransaction(incoming, outgoing, next);
        else isolateDirectRequest(incoming, outgoing, beginUnlessBegun);
      });
    });
  });

  /** Without the SDK's HTTP integration nothing else begins the execution. */
  function beginUnlessBegun(): void {
    if (!hasHttpExecution(incoming)) beginHttpExecution(incoming, outgoing);
    next();
  }
}

/** Inside another request the SDK makes no second transaction. */
function withOwnTransaction(incoming: IncomingMessage, outgoing: ServerResponse, next: () => void): void {
  const { 'sentry-trace': sentryTrace, baggage } = incoming.headers;
  const method = incoming.method ?? 'GET';
  const [path = '/'] = (incoming.url ?? '/').split('?', 1);
  const trace = { sentryTrace: Array.isArray(sentryTrace) ? sentryTrace[0] : sentryTrace, baggage };
  continueTrace(trace, () => {
    beginHttpExecution(incoming, outgoing);
    const span = startInactiveSpan({
      name: `${method} ${path}`,
      op: 'http.server',
      forceTransaction: true,
      attributes: { 'sentry.source': 'url', 'http.request.method': method, 'url.path': path },
    });
    attachRequestSpan(span, incoming);
    outgoing.once('close', () => {
      setHttpStatus(span, outgoing.statusCode);
      span.end();
    });
    withActiveSpan(span, next);
  });
}
