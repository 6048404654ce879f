import {
  getCurrentScope,
  getIsolationScope,
  setHttpStatus,
  updateSpanName,
  type Scope,
  type Span,
} from '@sentry/nestjs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { spanAttributes } from '../client/span-attributes.js';
import { failSpan } from '../client/span-status.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { applicationOf } from './applications.js';
import { currentExecution, startExecution, type Execution } from './execution.js';
import { forgetProcessState } from './scopes.js';
import { routeOf } from './route.js';
import { isDirectResponse, onResponseEnd } from './response-end.js';

const MAX_REQUEST_ID_LENGTH = 200;
/** The trace id of spans that no tracer has started. */
const NO_TRACE = '0'.repeat(32);
/** The attributes for the source of a span name, in Sentry 10 and 11. */
const ROUTE_SOURCE = { 'sentry.source': 'route', 'sentry.segment.name.source': 'route' } as const;

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
  const execution = startExecution(scope);
  execution.kind = 'http';
  execution.incoming = incoming;
  execution.outgoing = outgoing;
  executionsByRequest.set(incoming, execution);
  forgetProcessState(scope); // the scope is a copy of the process scope, including data set by timers
  execution.provisionalName = provisionalNameOf(incoming);
  const incomingId = requestIdOf(execution);
  execution.hasIncomingId = incomingId !== undefined;
  setRequestId(execution, scope, incomingId ?? getCurrentScope().getPropagationContext().traceId);
  onResponseEnd(outgoing, () => {
    guarded('http-execution', () => {
      endHttpExecution(execution, scope);
    });
    guarded('budgets', () => {
      applicationOf(execution).ended?.(execution, scope);
    });
    guarded('queries', () => execution.atEnd?.(execution, scope));
    guarded('http-execution', () => {
      if (isDirectResponse(outgoing)) endSpan(execution, outgoing);
    });
  });
}

function provisionalNameOf({ method = 'GET', url = '/' }: IncomingMessage): string {
  return `${method.toUpperCase()} ${url.split(/[?#]/, 1)[0] ?? '/'}`;
}

/** The SDK ends the span when the response closes, if it ever does. */
function endSpan({ span }: Execution, { statusCode }: ServerResponse): void {
  if (!span?.isRecording()) return;
  setHttpStatus(span, statusCode);
  span.end();
}

/** The running request, as long as it has no span. */
export function requestWithoutSpan(): IncomingMessage | undefined {
  const { kind, span, incoming } = currentExecution();
  return kind === 'http' && !span ? incoming : undefined;
}

/** Links the span that the SDK has started for a request to its execution. */
export function attachRequestSpan(span: Span, incoming: IncomingMessage): void {
  const execution = executionsByRequest.get(incoming);
  if (!execution) return;
  execution.span = span;
  // Sentry 10 starts the span with a new trace id if the request does not continue a trace.
  const { traceId } = span.spanContext();
  if (!execution.hasIncomingId && traceId !== NO_TRACE) setRequestId(execution, getIsolationScope(), traceId);
  if (execution.requestId) span.setAttribute('request_id', execution.requestId);
}

function setRequestId(execution: Execution, scope: Scope, id: string): void {
  execution.requestId = id;
  scope.setTag('request_id', id);
}

/** The request as its platform exposes it. */
export function platformRequest(execution: Execution): unknown {
  const { incoming } = execution;
  if (execution.request === undefined || execution.request === incoming) {
    execution.request = incoming && (platformRequests.get(incoming) ?? incoming);
  }
  return execution.request;
}

/**
 * Names the transaction after the route, which is known by now, whichever part of the application responded. A name
 * that the application has set is kept.
 */
function endHttpExecution(execution: Execution, scope: Scope): void {
  const route = transactionName(execution);
  const { span } = execution;
  if (!span?.isRecording()) return;
  if (execution.failed && (execution.outgoing?.statusCode ?? 0) < 400) failSpan(span, execution.failed);
  if (hasCustomName(span)) {
    if (route) span.setAttribute('http.route', pathOf(route));
  } else if (execution.name) {
    updateSpanName(span, execution.name);
  } else if (route) {
    span.updateName(route);
    span.setAttributes({ ...ROUTE_SOURCE, 'http.route': pathOf(route) });
  } else if (execution.provisionalName) {
    // Sentry 11 names a request after its method alone, Sentry 10 after method and path.
    span.updateName(execution.provisionalName);
  }
  const application = applicationOf(execution);
  platformRequest(execution);
  scope.setTags({ ...application.cls?.(execution), ...application.tags(execution) });
  if (!execution.userWasSet && !hasUser(scope)) {
    const user = application.user(execution);
    if (user) scope.setUser(user);
  }
}

/** Names the span as soon as the route is known: streamed spans carry the name that it has when they end. */
export function nameByRoute(execution: Execution): void {
  const { span, name } = execution;
  if (!span?.isRecording() || name !== undefined || hasCustomName(span)) return;
  const route = transactionName(execution);
  if (!route) return;
  span.updateName(route);
  span.setAttributes(ROUTE_SOURCE);
}

/** Whether the application has set this name, rather than the SDK or this library. */
export function isOwnName(name: string | undefined, execution: Execution, route: string | undefined): boolean {
  return name !== undefined && name !== execution.provisionalName && name !== execution.name && name !== route;
}

/** The SDK's `updateSpanName()` marks the spans that it renames. */
export function hasCustomName(span: Span): boolean {
  return spanAttributes(span)['sentry.custom_span_name'] !== undefined;
}

function pathOf(route: string): string {
  return route.slice(route.indexOf(' ') + 1);
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
