import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { isActive } from '../client/state.js';
import { handlerName, handlerOf } from '../context/handler.js';
import { processWide } from '../process-state/process-wide.js';
import { withObservedHandlerSpan } from './handler-span.js';
import { recordHandler } from './record-handler.js';
import { isHookedTransport, isTracedBySdk } from './run-handler.js';

/** A module that is imported twice registers two interceptors. */
const intercepted = processWide('intercepted', () => new WeakSet<ExecutionContext>());

/** The interceptors of every copy of this package. */
const MARK = Symbol.for('nestjs-error-tracker.tracing-interceptor');

/**
 * Records the handler of an execution, and wraps it in a span that lasts until the response is complete. It does not
 * depend on the SDK's patches, so it works however the SDK was started. It runs only where `hooks/interceptors.ts`
 * cannot take its place: an interceptor costs an Observable for each request.
 */
@Injectable()
export class TracingInterceptor implements NestInterceptor {
  /** Prevents the SDK's Nest integration from starting a span for this interceptor. */
  static readonly __SENTRY_INTERNAL__ = true;

  readonly [MARK] = true;

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const kind = context.getType();
    if (!isActive() || isHookedTransport(kind) || intercepted.has(context)) return next.handle();
    intercepted.add(context);
    const callback = context.getHandler();
    const handler = handlerOf(context.getClass(), callback.name, callback);
    recordHandler(handler, kind, context.getArgByIndex(0));
    if (isTracedBySdk(callback)) return next.handle();
    return withObservedHandlerSpan(handlerName(handler), () => next.handle());
  }
}

export function isTracingInterceptor(interceptor: unknown): boolean {
  return typeof interceptor === 'object' && interceptor !== null && MARK in interceptor;
}
