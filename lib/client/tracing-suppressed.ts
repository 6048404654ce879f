import { getCurrentScope, SDK_VERSION } from '@sentry/nestjs';

type Scope = ReturnType<typeof getCurrentScope>;
interface Carrier {
  acs?: { isTracingSuppressed?: (scope: Scope) => boolean };
}
/** Where Sentry 10 and 11 keep the mark without OpenTelemetry. */
const MARK = '__SENTRY_SUPPRESS_TRACING__';

/**
 * Whether the running code is inside `Sentry.suppressTracing()`, as requests of this library are: no span and no
 * breadcrumb is made of them. The SDK's own function is not exported.
 */
export function isTracingSuppressed(): boolean {
  const scope = getCurrentScope();
  const carriers = (globalThis as { __SENTRY__?: Record<string, Carrier | undefined> }).__SENTRY__;
  const suppressed = carriers?.[SDK_VERSION]?.acs?.isTracingSuppressed;
  if (suppressed) return suppressed(scope);
  return (scope.getScopeData().sdkProcessingMetadata as Record<string, unknown>)[MARK] === true;
}
