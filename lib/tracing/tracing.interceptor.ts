import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { withActiveSpan, type Span } from '@sentry/nestjs';
import type { Observable } from 'rxjs';
import { isActive } from '../client/state.js';
import { currentExecution, type Execution } from '../context/execution.js';
import { guarded } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';
import { followHandler, startHandlerSpan } from './handler-span.js';

/** A transport may not run the application's interceptors: the span of its handlers is opened where it is hooked. */
const OPENED_ELSEWHERE = new Set<string>(['ws', 'rpc']);

/** A module that is imported twice has two interceptors. */
const seen = processWide('intercepted', () => new WeakSet<ExecutionContext>());

/**
 * Notes which handler an execution came to, and puts a span around it that lasts until the response's work is done.
 * It leaves nothing to the SDK's own patches, so it works however the SDK was started.
 */
@Injectable()
export class TracingInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!isActive() || OPENED_ELSEWHERE.has(context.getType()) || seen.has(context)) return next.handle();
    seen.add(context);
    const span = guarded('interceptor', () => enter(context));
    return span
      ? followHandler(
          span,
          withActiveSpan(span, () => next.handle()),
        )
      : next.handle();
  }
}

function enter(context: ExecutionContext): Span | undefined {
  const execution = currentExecution();
  const type = context.getClass();
  const callback = context.getHandler();
  execution.handler = { controller: type.name, method: callback.name, type, callback };
  if (context.getType() === 'http') {
    const request = context.switchToHttp().getRequest<unknown>();
    if (isRequestOf(execution, request)) execution.request = request;
  }
  return startHandlerSpan(`${type.name}.${callback.name}`);
}

/** Third-party transports that name no type count as `http` too; what they handle is no request. */
function isRequestOf({ incoming }: Execution, request: unknown): boolean {
  return !incoming || request === incoming || (request as { raw?: unknown } | null | undefined)?.raw === incoming;
}
