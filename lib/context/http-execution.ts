import { getCurrentScope, getIsolationScope, updateSpanName, type Scope, type Span } from '@sentry/nestjs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { failSpan } from '../client/span-status.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { applicationOf } from './applications.js';
import { executionOf, type Execution } from './execution.js';
import { forgetProcessState } from './scopes.js';
import { routeOf } from './route.js';

const MAX_REQUEST_ID_LENGTH = 200;

/** Fastify wraps Node's request; Express passes Node's own object to the application. */
const platformRequests = processWide('platform-requests', () => new WeakMap<IncomingMessage, object>());
const executionsByRequest = processWide('executions-by-request', () => new WeakMap<IncomingMessage, Execution>());

export function linkPlatformRequest(incoming: IncomingMessage, request: object): void {
  platformRequests.set(incoming, request);
}

export function hasHttpExecution(incoming: IncomingMessage): boolean {
  return executionsByRequest.has(incoming);
}

/** Starts the execution of an HTTP request, in the isolation scope that the SDK has just created for it. */
export function beginHttpExecution(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const scope = getIsolationScope();
  const execution = executionOf(scope);
  execution.kind = 'http';
  execution.incoming = incoming;
  execution.outgoing = outgoing;
  executionsByRequest.set(incoming, execution);
  forgetProcessState(scope); // the scope is a copy of the process scope, with whatever timers left there
  execution.requestId = requestIdOf(execution) ?? getCurrentScope().getPropagationContext().traceId;
  scope.setTag('request_id', execution.requestId);
  onResponseEnd(outgoing, () => {
    guarded('http-execution', () => {
      endHttpExecution(execution, scope);
    });
    guarded('budgets', () => {
      applicationOf(execution).ended?.(execution, scope);
    });
  });
}

/** Responses of serverless adapters and of test doubles may never close: they have ended once they are finished. */
function onResponseEnd(outgoing: ServerResponse, end: () => void): void {
  if (outgoing.socket) {
    outgoing.once('close', end);
    return;
  }
  let hasEnded = false;
  const endOnce = () => {
    if (hasEnded) return;
    hasEnded = true;
    end();
  };
  outgoing.once('close', endOnce);
  outgoing.once('finish', () => setImmediate(endOnce));
}

/** Links the span that the SDK has started for a request to its execution. */
export function attachRequestSpan(span: Span, incoming: IncomingMessage): void {
  const execution = executionsByRequest.get(incoming);
  if (!execution) return;
  execution.span = span;
  if (execution.requestId) span.setAttribute('request_id', execution.requestId);
}

/** The request as its platform exposes it. */
export function platformRequest(execution: Execution): unknown {
  const { incoming } = execution;
  if (execution.request === undefined || execution.request === incoming) {
    execution.request = incoming && (platformRequests.get(incoming) ?? incoming);
  }
  return execution.request;
}

/** Names the transaction after the route, which is known by now, whichever part of the application responded. */
function endHttpExecution(execution: Execution, scope: Scope): void {
  const route = transactionName(execution);
  const name = execution.name ?? route;
  const { span } = execution;
  if (name) scope.setTransactionName(name);
  if (!span?.isRecording()) return;
  if (execution.failed && (execution.outgoing?.statusCode ?? 0) < 400) failSpan(span);
  if (execution.name) {
    updateSpanName(span, execution.name);
  } else if (route) {
    span.updateName(route);
    span.setAttributes({ 'sentry.source': 'route', 'http.route': route.slice(route.indexOf(' ') + 1) });
  }
  const application = applicationOf(execution);
  platformRequest(execution);
  scope.setTags(application.tags(execution));
  if (!execution.userWasSet && !hasUser(scope)) {
    const user = application.user(execution);
    if (user) scope.setUser(user);
  }
}

/** `METHOD /route/:pattern`, once the route is known. */
export function transactionName(execution: Execution): string | undefined {
  const route = routeOf(platformRequest(execution)) ?? expectedRoute(execution);
  return route && `${execution.incoming?.method?.toUpperCase() ?? 'GET'} ${route}`;
}

/** The route that a request would have reached if a middleware had not responded first. */
function expectedRoute(execution: Execution): string | undefined {
  const { incoming } = execution;
  const { route } = applicationOf(execution);
  if (!route || !incoming) return undefined;
  const url = (incoming as { originalUrl?: string }).originalUrl ?? incoming.url ?? '/';
  const [path = '/'] = url.split('?', 1);
  return guarded('route', () => route(incoming.method ?? 'GET', path));
}

export function hasUser(scope: Scope): boolean {
  return Object.values(scope.getUser() ?? {}).some((value) => value !== undefined);
}

function requestIdOf(execution: Execution): string | undefined {
  const header = execution.incoming?.headers[applicationOf(execution).requestIdHeader];
  const value = Array.isArray(header) ? header[0] : header;
  return value?.trim() ? value.trim().slice(0, MAX_REQUEST_ID_LENGTH) : undefined;
}
