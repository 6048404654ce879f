import type { Event, Span } from '@sentry/nestjs';

const ATTRIBUTE = 'nestjs.critical';

/** What a span starts with that is always traced. */
export const CRITICAL_SPAN = { [ATTRIBUTE]: true } as const;

export function isCriticalSpan(attributes: Readonly<Record<string, unknown>> | undefined): boolean {
  return attributes?.[ATTRIBUTE] === true;
}

export function markCriticalSpan(span: Span): void {
  span.setAttribute(ATTRIBUTE, true);
}

/**
 * The transaction of a request that came to nothing: not found, not allowed, sent elsewhere. Sentry 10 drops these,
 * as it always did, but it would drop the refused log-ins of a critical endpoint too. Sentry 11 sends all of them.
 */
export function cameToNothing({ type, contexts }: Event): boolean {
  const data = type === 'transaction' ? contexts?.trace?.data : undefined;
  const status: unknown = data?.['http.response.status_code'];
  if (typeof status !== 'number' || isCriticalSpan(data)) return false;
  return status === 401 || status === 404 || (status > 300 && status < 400 && status !== 304);
}
