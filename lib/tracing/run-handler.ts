import type { Handler } from '../context/execution.js';
import { handlerName } from '../context/handler.js';
import { withHandlerSpan } from './handler-span.js';
import { recordHandler } from './record-handler.js';

/** These transports may skip the application's interceptors, so their hooks start the handler spans. */
const HOOKED_TRANSPORTS = new Set<string>(['ws', 'rpc']);
/** The SDK's mark on handlers for which its Nest integration (`tracing.components`) starts a span. */
const TRACED_BY_SDK = Symbol.for('sentry.nestjs.wrapped');

/** Whether executions of this kind get their handler and its span elsewhere. */
export function isHookedTransport(kind: string): boolean {
  return HOOKED_TRANSPORTS.has(kind);
}

export function isTracedBySdk(callback: object): boolean {
  return TRACED_BY_SDK in callback;
}

/**
 * Records a handler, and runs it with its interceptors in a span that lasts until the response is complete.
 *
 * @param kind - the type of Nest's context
 */
export function runHandler(
  handler: Handler & { callback: object },
  kind: string,
  request: unknown,
  run: () => Promise<unknown>,
): Promise<unknown> {
  recordHandler(handler, kind, request);
  return isTracedBySdk(handler.callback) ? run() : withHandlerSpan(handlerName(handler), run);
}
