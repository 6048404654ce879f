import { getCurrentScope, getIsolationScope, updateSpanName, type Scope, type Span } from '@sentry/nestjs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { applicationOf } from './application.js';
import { executionOf, type Execution } from './execution.js';
import { routeOf } from './route.js';

const LONGEST_REQUEST_ID = 200;

/** What Fastify makes of Node's request; Express gives the application Node's own object. */
const platformRequests = processWide('platform-requests', () => new WeakMap<IncomingMessage, object>());
const executionsByRequest = processWide('executions-by-request', () => new WeakMap<IncomingMessage, Execution>());

export function linkPlatformRequest(incoming: IncomingMessage, request: object): void {
  platformRequests.set(incoming, request);
}

/** Opens the execution of an HTTP request; the SDK has just given it an isolation scope of its own. */
export function beginHttpExecution(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const scope = getIsolationScope();
  const execution = executionOf(scope);
  execution.kind = 'http';
  execution.incoming = incoming;
  execution.outgoing = outgoing;
  executionsByRequest.set(incoming, execution);
  scope.clearBreadcrumbs(); // the scope is a copy of that of the process, with whatever timers left there
  execution.requestId = requestIdOf(execution) ?? getCurrentScope().getPropagationContext().traceId;
  scope.setTag('request_id', execution.requestId);
  outgoing.once('close', () => {
    guarded('http-execution', () => {
      endHttpExecution(execution, scope);
    });
    guarded('budgets', () => {
      applicationOf(execution).ended?.(execution, scope);
    });
  });
}

/** The span that the SDK opened for the request. */
export function adoptRequestSpan(span: Span, incoming: IncomingMessage): void {
  const execution = executionsByRequest.get(incoming);
  if (!execution) return;
  execution.span = span;
  if (execution.requestId) span.setAttribute('request_id', execution.requestId);
}

/** The request as its platform shows it. */
export function platformRequest(execution: Execution): unknown {
  const { incoming } = execution;
  if (execution.request === undefined || execution.request === incoming) {
    execution.request = incoming && (platformRequests.get(incoming) ?? incoming);
  }
  return execution.request;
}

/** By now the route is known, whoever answered: names the transaction after it. */
function endHttpExecution(execution: Execution, scope: Scope): void {
  const route = transactionName(execution);
  const name = execution.name ?? route;
  const { span } = execution;
  if (name) scope.setTransactionName(name);
  if (!span?.isRecording()) return;
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
  const route = routeOf(platformRequest(execution)) ?? routeAhead(execution);
  return route && `${execution.incoming?.method?.toUpperCase() ?? 'GET'} ${route}`;
}

/** The route of a request that was answered on the way to it, as by a middleware. */
function routeAhead(execution: Execution): string | undefined {
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
  return value?.trim() ? value.trim().slice(0, LONGEST_REQUEST_ID) : undefined;
}
