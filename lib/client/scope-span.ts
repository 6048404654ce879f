import { getActiveSpan, getCurrentScope, type Scope, type Span } from '@sentry/nestjs';

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
  if (span) setScopeSpan(getCurrentScope(), span);
}

/** Links a scope to a span, unless it has one. */
export function setScopeSpan(scope: Scope, span: Span): void {
  const { refs, _sentrySpan: known } = scope as SdkScope;
  if (refs) refs.span ??= span;
  else if (known === undefined) {
    Object.defineProperty(scope, '_sentrySpan', { value: span, writable: true, configurable: true });
  }
}
