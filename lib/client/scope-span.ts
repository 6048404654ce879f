import { getActiveSpan, getCurrentScope } from '@sentry/nestjs';

/** The span of a scope, where Sentry 10 and Sentry 11 keep it: private fields that only their span functions set. */
interface SdkScope {
  _sentrySpan?: unknown;
  refs?: { span?: unknown };
}

/**
 * Links the logs and metrics of the current scope to the active span. `startSpan()` does that; for a request that is
 * not sampled, no further span is started.
 */
export function linkScopeToActiveSpan(): void {
  const span = getActiveSpan();
  const scope = getCurrentScope() as SdkScope;
  if (!span) return;
  if (scope.refs) scope.refs.span ??= span;
  else if (scope._sentrySpan === undefined) {
    Object.defineProperty(scope, '_sentrySpan', { value: span, writable: true, configurable: true });
  }
}
