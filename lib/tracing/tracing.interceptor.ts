import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { getActiveSpan, startInactiveSpan, withActiveSpan, type Span } from '@sentry/nestjs';
import { Observable } from 'rxjs';
import { isActive } from '../client/state.js';
import { currentExecution, type Execution } from '../context/execution.js';
import { guarded } from '../ledger/ledger.js';
import { processWide } from '../ledger/process-wide.js';

const SPAN_OK = 1;
const SPAN_ERROR = 2;

/** A module that is imported twice has two interceptors. */
const seen = processWide('intercepted', () => new WeakSet<ExecutionContext>());

/**
 * Notes which handler an execution came to, and puts a span around it that lasts until the response's work is done.
 * It leaves nothing to the SDK's own patches, so it works however the SDK was started.
 */
@Injectable()
export class TracingInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!isActive() || seen.has(context)) return next.handle();
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
  if (execution.hasHandlerSpan || !getActiveSpan()?.isRecording()) return undefined;
  return startInactiveSpan({
    name: `${type.name}.${callback.name}`,
    op: 'handler.nestjs',
    attributes: { 'sentry.origin': 'auto.function.nestjs_error_tracker' },
  });
}

/** Third-party transports that name no type count as `http` too; what they handle is no request. */
function isRequestOf({ incoming }: Execution, request: unknown): boolean {
  return !incoming || request === incoming || (request as { raw?: unknown } | null | undefined)?.raw === incoming;
}

function followHandler(span: Span, source: Observable<unknown>): Observable<unknown> {
  return new Observable((subscriber) => {
    const end = (code: number) => {
      guarded('interceptor', () => {
        if (!span.isRecording()) return;
        span.setStatus({ code: code === SPAN_ERROR ? SPAN_ERROR : SPAN_OK });
        span.end();
      });
    };
    const subscription = source.subscribe({
      next: (value) => {
        subscriber.next(value);
      },
      error: (error: unknown) => {
        end(SPAN_ERROR);
        subscriber.error(error);
      },
      complete: () => {
        end(SPAN_OK);
        subscriber.complete();
      },
    });
    return () => {
      end(SPAN_OK);
      subscription.unsubscribe();
    };
  });
}
