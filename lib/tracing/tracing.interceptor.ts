import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { withActiveSpan, type Span } from '@sentry/nestjs';
import type { Observable } from 'rxjs';
import { isActive } from '../client/state.js';
import { currentExecution } from '../context/execution.js';
import { guarded } from '../ledger/ledger.js';
import { processWide } from '../ledger/process-wide.js';
import { followHandler, startHandlerSpan } from './handler-span.js';

/** A module that is imported twice has two interceptors. */
const seen = processWide('intercepted', () => new WeakSet<ExecutionContext>());

/**
 * Notes which handler an execution came to, and puts a span around it that lasts until the response's work is done.
 * It leaves nothing to the SDK's own patches, so it works however the SDK was started.
 */
@Injectable()
export class TracingInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!isActive() || context.getType() === 'ws' || seen.has(context)) return next.handle();
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
  if (context.getType() === 'http') execution.request = context.switchToHttp().getRequest<unknown>();
  return startHandlerSpan(`${type.name}.${callback.name}`);
}
