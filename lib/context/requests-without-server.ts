import {
  continueTrace,
  getClient,
  getIsolationScope,
  startInactiveSpan,
  withActiveSpan,
  withIsolationScope,
  withScope,
} from '@sentry/nestjs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIsolatedRequest, isolateDirectRequest } from '../client/request-isolation.js';
import { isActive } from '../client/state.js';
import { guarded } from '../stats/stats.js';
import { insideExecution } from './execution.js';
import { attachRequestSpan, beginHttpExecution, hasHttpExecution } from './http-execution.js';
import { withinOperation } from './operation.js';
import { noteDirectResponse } from './response-end.js';
import { copyProcessScope, emptyScope, joinTraceOf } from './scopes.js';

/**
 * Runs a request that bypasses the HTTP server as its own execution: `fastify.inject()`, HTTP/2, serverless adapters,
 * or code that passes the request to the platform itself. For a request that came through a server, it costs one check.
 */
export function withRequestExecution(incoming: IncomingMessage, outgoing: ServerResponse, next: () => void): void {
  const client = getClient();
  if (!client || isIsolatedRequest(incoming) || hasHttpExecution(incoming) || !isActive()) {
    next();
    return;
  }
  const isNested = insideExecution();
  noteDirectResponse(outgoing);
  // The caller may be inside another request, whose scope the SDK would copy.
  withIsolationScope(copyProcessScope(client), () => {
    withScope(emptyScope(client), () => {
      withinOperation(undefined, () => {
        if (isNested) withOwnTransaction(incoming, outgoing, next);
        else isolateDirectRequest(incoming, outgoing, beginUnlessBegun);
      });
    });
  });

  /** Without the SDK's HTTP integration, nothing else begins the execution. */
  function beginUnlessBegun(): void {
    if (!hasHttpExecution(incoming)) beginHttpExecution(incoming, outgoing);
    next();
  }
}

/** Inside another request, the SDK does not start a second transaction. */
function withOwnTransaction(incoming: IncomingMessage, outgoing: ServerResponse, next: () => void): void {
  const method = incoming.method ?? 'GET';
  const [path = '/'] = (incoming.url ?? '/').split('?', 1);
  getIsolationScope().setSDKProcessingMetadata({ normalizedRequest: requestData(incoming) });
  inTraceOf(incoming, () => {
    beginHttpExecution(incoming, outgoing);
    const span = startInactiveSpan({
      name: `${method} ${path}`,
      op: 'http.server',
      forceTransaction: true,
      attributes: { 'sentry.source': 'url', 'http.request.method': method, 'url.path': path },
    });
    attachRequestSpan(span, incoming);
    withActiveSpan(span, () => {
      guarded('request-span', () => {
        joinTraceOf(span);
      });
      next();
    });
  });
}

/** The trace that the request continues, or that of its own scope: not that of the surrounding request. */
function inTraceOf({ headers }: IncomingMessage, run: () => void): void {
  const { 'sentry-trace': sentryTrace, baggage } = headers;
  const first = Array.isArray(sentryTrace) ? sentryTrace[0] : sentryTrace;
  withActiveSpan(null, () => {
    if (first) continueTrace({ sentryTrace: first, baggage }, run);
    else run();
  });
}

/** The request data that the SDK's own integration would record. */
function requestData({ method, url = '/', headers }: IncomingMessage): object {
  const [, query] = url.split('?', 2);
  const plain = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));
  return { method, url: `http://${headers.host ?? 'localhost'}${url}`, query_string: query, headers: plain };
}
