import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { isActive } from '../client/state.js';
import { ownExecution, type Execution, type Handler } from '../context/execution.js';
import { handlerName, handlerOf } from '../context/handler.js';
import { guarded } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';
import { withObservedHandlerSpan } from './handler-span.js';

/** These transports may skip the application's interceptors, so their hooks start the handler spans. */
const HOOKED_TRANSPORTS = new Set<string>(['ws', 'rpc']);
/** The SDK's mark on handlers for which its Nest integration (`tracing.components`) starts a span. */
const TRACED_BY_SDK = Symbol.for('sentry.nestjs.wrapped');

/** A module that is imported twice registers two interceptors. */
const intercepted = processWide('intercepted', () => new WeakSet<ExecutionContext>());

/**
 * Records the handler of an execution, and wraps it in a span that lasts until the response is complete. It does not
 * depend on the SDK's patches, so it works however the SDK was started.
 */
@Injectable()
export class TracingInterceptor implements NestInterceptor {
  /** Prevents the SDK's Nest integration from starting a span for this interceptor. */
  static readonly __SENTRY_INTERNAL__ = true;

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!isActive() || HOOKED_TRANSPORTS.has(context.getType()) || intercepted.has(context)) return next.handle();
    intercepted.add(context);
    const handler = handlerOf(context.getClass(), context.getHandler().name, context.getHandler());
    guarded('interceptor', () => {
      recordHandler(context, handler);
    });
    if (TRACED_BY_SDK in context.getHandler()) return next.handle();
    return withObservedHandlerSpan(handlerName(handler), () => next.handle());
  }
}

function recordHandler(context: ExecutionContext, handler: Handler): void {
  const execution = ownExecution();
  execution.handler = handler;
  if (context.getType() !== 'http') return;
  const request = context.switchToHttp().getRequest<unknown>();
  if (isRequestOf(execution, request)) execution.request = request;
}

/** Third-party transports without a context type count as `http` too, but do not handle requests. */
function isRequestOf({ incoming }: Execution, request: unknown): boolean {
  return !incoming || request === incoming || (request as { raw?: unknown } | null | undefined)?.raw === incoming;
}
