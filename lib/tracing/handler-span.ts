import { getActiveSpan, startInactiveSpan, withActiveSpan, type Span } from '@sentry/nestjs';
import { isObservable, type Observable } from 'rxjs';
import { SPAN_STATUS_ERROR, SPAN_STATUS_OK } from '../client/span-status.js';
import { observeEnd } from '../context/observe-end.js';
import { guarded } from '../stats/stats.js';

/** Starts the span of a handler; undefined if the execution is not traced. */
export function startHandlerSpan(name: string): Span | undefined {
  if (!getActiveSpan()?.isRecording()) return undefined;
  return startInactiveSpan({
    name,
    op: 'handler.nestjs',
    attributes: { 'sentry.origin': 'auto.function.nestjs_error_tracker' },
  });
}

/** Runs a handler in its span, which lasts until the Promise settles and, if it resolves to an Observable, that ends. */
export async function withHandlerSpan<T>(name: string, run: () => Promise<T>): Promise<T> {
  const span = guarded('handler-span', () => startHandlerSpan(name));
  if (!span) return run();
  try {
    const result = await withActiveSpan(span, run);
    if (isObservable(result)) return followHandler(span, result) as T;
    endHandlerSpan(span, false);
    return result;
  } catch (error) {
    endHandlerSpan(span, true);
    throw error;
  }
}

export function followHandler(span: Span, source: Observable<unknown>): Observable<unknown> {
  return observeEnd(source, (hasFailed) => {
    endHandlerSpan(span, hasFailed);
  });
}

function endHandlerSpan(span: Span, hasFailed: boolean): void {
  guarded('handler-span', () => {
    if (!span.isRecording()) return;
    span.setStatus({ code: hasFailed ? SPAN_STATUS_ERROR : SPAN_STATUS_OK });
    span.end();
  });
}
