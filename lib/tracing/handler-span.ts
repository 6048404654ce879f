import { getActiveSpan, type Span } from '@sentry/nestjs';
import { isObservable, type Observable } from 'rxjs';
import { linkScopeToActiveSpan } from '../client/scope-span.js';
import { runInNewSpan } from '../client/run-in-new-span.js';
import { SPAN_STATUS_ERROR, SPAN_STATUS_OK } from '../client/span-status.js';
import { keepExecution } from '../context/keep-execution.js';
import { observeEnd } from '../context/observe-end.js';
import { guarded } from '../stats/stats.js';

/** Runs a handler in its span, which lasts until the Promise settles and, if it resolves to an Observable, that ends. */
export function withHandlerSpan<T>(name: string, run: () => Promise<T>): Promise<T> {
  return inHandlerSpan(name, (span) => (span ? observePromise(span, run) : run()));
}

async function observePromise<T>(span: Span, run: () => Promise<T>): Promise<T> {
  try {
    const result = await run();
    if (isObservable(result)) return followHandler(span, result) as T;
    endHandlerSpan(span, false);
    return result;
  } catch (error) {
    endHandlerSpan(span, true);
    throw error;
  }
}

/** Runs a handler in its span, which lasts until the Observable ends. */
export function withObservedHandlerSpan(name: string, run: () => Observable<unknown>): Observable<unknown> {
  return inHandlerSpan(name, (span) => {
    if (!span) return run();
    try {
      return followHandler(span, run());
    } catch (error) {
      endHandlerSpan(span, true);
      throw error;
    }
  });
}

/** The handler has no span if its execution is not traced. */
function inHandlerSpan<T>(name: string, run: (span: Span | undefined) => T): T {
  if (!guarded('handler-span', () => getActiveSpan()?.isRecording())) {
    guarded('handler-span', linkScopeToActiveSpan);
    return run(undefined);
  }
  const attributes = { 'sentry.origin': 'auto.function.nestjs_error_tracker' };
  return runInNewSpan('handler-span', { name, op: 'handler.nestjs', attributes }, run);
}

/** Nest subscribes outside of the span, and runs interceptors and handler only then: they belong inside. */
function followHandler(span: Span, source: Observable<unknown>): Observable<unknown> {
  const end = (hasFailed: boolean) => {
    endHandlerSpan(span, hasFailed);
  };
  return observeEnd(source, end, keepExecution());
}

function endHandlerSpan(span: Span, hasFailed: boolean): void {
  guarded('handler-span', () => {
    if (!span.isRecording()) return;
    span.setStatus({ code: hasFailed ? SPAN_STATUS_ERROR : SPAN_STATUS_OK });
    span.end();
  });
}
