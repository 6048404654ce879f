import { getActiveSpan, startInactiveSpan, withActiveSpan, type Span } from '@sentry/nestjs';
import { isObservable, Observable } from 'rxjs';
import { guarded } from '../stats/stats.js';

const SPAN_OK = 1;
const SPAN_ERROR = 2;

/** The span of a handler; undefined where the execution is not traced. */
export function startHandlerSpan(name: string): Span | undefined {
  if (!getActiveSpan()?.isRecording()) return undefined;
  return startInactiveSpan({
    name,
    op: 'handler.nestjs',
    attributes: { 'sentry.origin': 'auto.function.nestjs_error_tracker' },
  });
}

/** Runs a handler within its span, which lasts until the Promise, and an Observable that comes of it, have ended. */
export async function withHandlerSpan<T>(name: string, run: () => Promise<T>): Promise<T> {
  const span = guarded('handler-span', () => startHandlerSpan(name));
  if (!span) return run();
  try {
    const result = await withActiveSpan(span, run);
    if (isObservable(result)) return followHandler(span, result) as T;
    endHandlerSpan(span, SPAN_OK);
    return result;
  } catch (error) {
    endHandlerSpan(span, SPAN_ERROR);
    throw error;
  }
}

export function followHandler(span: Span, source: Observable<unknown>): Observable<unknown> {
  return new Observable((subscriber) => {
    const subscription = source.subscribe({
      next: (value) => {
        subscriber.next(value);
      },
      error: (error: unknown) => {
        endHandlerSpan(span, SPAN_ERROR);
        subscriber.error(error);
      },
      complete: () => {
        endHandlerSpan(span, SPAN_OK);
        subscriber.complete();
      },
    });
    return () => {
      endHandlerSpan(span, SPAN_OK);
      subscription.unsubscribe();
    };
  });
}

function endHandlerSpan(span: Span, code: typeof SPAN_OK | typeof SPAN_ERROR): void {
  guarded('handler-span', () => {
    if (!span.isRecording()) return;
    span.setStatus({ code });
    span.end();
  });
}
