import type { Event, EventHint } from '@sentry/nestjs';
import { applicationOf } from './applications.js';
import type { Execution } from './execution.js';
import { describeDelivery } from './deliveries.js';
import { describeHttpRequest } from './describe-http-request.js';
import { describeDatabase } from './describe-database.js';
import { describeOperations } from './describe-operations.js';
import { describeByHooks } from './event-describers.js';
import { handlerName } from './handler.js';
import { isOwnName, transactionName } from './http-execution.js';
import { removeQuotedValues, removeValuesOfTransaction } from './quoted-messages.js';
import { routeOf } from './route.js';
import { snapshotOf } from './capture-snapshot.js';
import { describeUnfinished } from './unfinished.js';
import { guarded } from '../stats/stats.js';
import type { HandlerContext } from './handler-context.js';

/** Adds the context of its execution to an error or a message: route, user, tags, and the operations that led to it. */
export function describeEvent(event: Event, hint: EventHint): Event {
  if (event.type === 'transaction') removeValuesOfTransaction(event);
  if (event.type !== undefined) return event;
  const { execution, chain, handlerContext } = snapshotOf(hint);
  nameEvent(event, execution, handlerContext);
  if (handlerContext) applyHandlerContext(event, handlerContext);
  if (execution.kind !== 'process') describeRequest(event, execution);
  describeHandler(event, execution);
  describeOperations(event, hint, chain);
  describeByHooks(event, hint, execution);
  describeDelivery(event, hint.originalException, execution);
  describeDatabase(event, hint.originalException, execution);
  guarded('event-context', () => {
    describeUnfinished(event, execution);
  });
  removeQuotedValues(event, execution);
  return event;
}

/** A name that the application has set with `scope.setTransactionName()` is kept. */
function nameEvent(event: Event, execution: Execution, handlerContext: HandlerContext | undefined): void {
  const isProcess = execution.kind === 'process';
  const route = isProcess ? undefined : transactionName(execution);
  if (!isProcess && isOwnName(event.transaction, execution, route)) return;
  event.transaction = handlerContext?.name ?? execution.name ?? route ?? event.transaction;
}

function describeRequest(event: Event, execution: Execution): void {
  if (execution.payload !== undefined) event.contexts = { payload: { data: execution.payload }, ...event.contexts };
  if (execution.contexts) event.contexts = { ...guarded('event-context', execution.contexts), ...event.contexts };
  if (execution.kind === 'http')
    guarded('event-context', () => {
      describeHttpRequest(event, execution);
    });
  if (execution.kind === 'http') event.tags = { ...routeTags(execution), ...event.tags };
  if (execution.requestId && event.tags?.request_id === execution.requestId) nameTrace(event, execution);
  const application = applicationOf(execution);
  event.tags = { ...application.cls?.(execution), ...application.tags(execution), ...event.tags };
  if (!execution.userWasSet && !identifiesUser(event)) {
    const user = application.user(execution);
    if (user) event.user = { ...event.user, ...user };
  }
  const response = responseTo(execution);
  if (response?.headersSent) {
    const { statusCode: status_code } = response;
    event.contexts = { ...event.contexts, response: { status_code, ...event.contexts?.response } };
  }
}

function responseTo({ outgoing, caller }: Execution): Execution['outgoing'] {
  return outgoing ?? (caller && responseTo(caller));
}

/** The request id is the id of the event's trace. */
function nameTrace(event: Event, { hasIncomingId }: Execution): void {
  const traceId = event.contexts?.trace?.trace_id;
  if (!hasIncomingId && traceId) event.tags = { ...event.tags, request_id: traceId };
}

function routeTags(execution: Execution): Record<string, string> {
  const pattern = routeOf(execution.request);
  return pattern ? { kind: 'http', pattern } : { kind: 'http' };
}

/** Context of a part of an execution takes precedence over context of the whole. */
function applyHandlerContext(event: Event, { handler, tags, payload }: HandlerContext): void {
  if (handler) event.tags = { handler: handlerName(handler), ...event.tags };
  if (tags) event.tags = { ...tags, ...event.tags };
  if (payload !== undefined) event.contexts = { payload: { data: payload }, ...event.contexts };
}

/** An IP address, which the SDK adds itself, does not identify a user. */
function identifiesUser({ user }: Event): boolean {
  return Object.entries(user ?? {}).some(
    ([key, value]) => key !== 'ip_address' && key !== 'geo' && value !== undefined,
  );
}

function describeHandler(event: Event, { handler }: Execution): void {
  if (handler) event.tags = { handler: handlerName(handler), ...event.tags };
}
