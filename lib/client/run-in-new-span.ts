import { startSpanManual, type Span } from '@sentry/nestjs';
import { countFault } from '../stats/stats.js';

export type StartSpanOptions = Parameters<typeof startSpanManual>[0];

/**
 * Starts a span, which the caller ends, and runs `run` with it active. In Sentry 10, logs and metrics are linked to a
 * span that was activated in this way, but not to one that `withActiveSpan` activates.
 *
 * @param where - the fault that is counted if the span cannot be started; `run` is then called without one
 */
export function runInNewSpan<T>(where: string, options: StartSpanOptions, run: (span: Span | undefined) => T): T {
  const outcome: { hasStarted?: boolean; value?: T } = {};
  try {
    // The value is not returned to the SDK, which would call `then` on a thenable.
    startSpanManual(options, (span) => {
      outcome.hasStarted = true;
      outcome.value = run(span);
    });
  } catch (error) {
    if (outcome.hasStarted) throw error;
    countFault(where);
    return run(undefined);
  }
  return outcome.value as T;
}
