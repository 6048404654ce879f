import type { Event, EventHint } from '@sentry/nestjs';
import { applicationOf } from './application.js';
import type { Execution } from './execution.js';
import { describeOperations } from './describe-operations.js';
import { platformRequest, transactionName } from './http-execution.js';
import { routeOf } from './route.js';
import { snapshotOf } from './capture-snapshot.js';
import type { HandlerContext } from './handler-context.js';

/** Adds to an error or a message what is known of its execution: where, who, and the operations that led to it. */
export function describeEvent(event: Event, hint: EventHint): Event {
  if (event.type !== undefined) return event;
  const { execution, chain, handlerContext: place } = snapshotOf(hint);
  if (place) describePlace(event, place);
  if (execution.kind !== 'process') describeRequest(event, execution, place);
  describeHandler(event, execution);
  describeOperations(event, hint, chain);
  return event;
}

function describeRequest(event: Event, execution: Execution, place: HandlerContext | undefined): void {
  platformRequest(execution);
  event.transaction = place?.name ?? execution.name ?? transactionName(execution) ?? event.transaction;
  if (execution.payload !== undefined) event.contexts = { payload: { data: execution.payload }, ...event.contexts };
  if (execution.kind === 'http') event.tags = { ...routeTags(execution), ...event.tags };
  const application = applicationOf(execution);
  event.tags = { ...application.tags(execution), ...event.tags };
  if (!execution.userWasSet && !namesUser(event)) {
    const user = application.user(execution);
    if (user) event.user = { ...event.user, ...user };
  }
  if (execution.outgoing?.headersSent) {
    event.contexts = { ...event.contexts, response: { status_code: execution.outgoing.statusCode } };
  }
}

function routeTags(execution: Execution): Record<string, string> {
  const pattern = routeOf(execution.request);
  return pattern ? { kind: 'http', pattern } : { kind: 'http' };
}

/** What a part of an execution says wins over what is said of the whole. */
function describePlace(event: Event, { name, handler, tags, payload }: HandlerContext): void {
  if (name) event.transaction = name;
  if (handler) event.tags = { handler: `${handler.controller}.${handler.method}`, ...event.tags };
  if (tags) event.tags = { ...tags, ...event.tags };
  if (payload !== undefined) event.contexts = { payload: { data: payload }, ...event.contexts };
}

/** An address alone, which the SDK adds by itself, names nobody. */
function namesUser({ user }: Event): boolean {
  return Object.entries(user ?? {}).some(
    ([key, value]) => key !== 'ip_address' && key !== 'geo' && value !== undefined,
  );
}

function describeHandler(event: Event, { handler }: Execution): void {
  if (handler) event.tags = { handler: `${handler.controller}.${handler.method}`, ...event.tags };
}
