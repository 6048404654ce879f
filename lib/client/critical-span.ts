import type { Event, Span } from '@sentry/nestjs';

const ATTRIBUTE = 'nestjs.critical';

/** Start attributes of a span that is always traced. */
export const CRITICAL_SPAN = { [ATTRIBUTE]: true } as const;

export function isCriticalSpan(attributes: Readonly<Record<string, unknown>> | undefined): boolean {
  return attributes?.[ATTRIBUTE] === true;
}

export function markCriticalSpan(span: Span): void {
  span.setAttribute(ATTRIBUTE, true);
}

/**
 * Whether this is the transaction of a request that ended in 401, 404 or a redirect. Sentry 10 drops these by default
 * (`ignoreStatusCodes`), including rejected logins on critical endpoints, which are kept here. Sentry 11 sends all.
 */
export function hasIgnoredStatus({ type, contexts }: Event): boolean {
  const data = type === 'transaction' ? contexts?.trace?.data : undefined;
  const status: unknown = data?.['http.response.status_code'];
  if (typeof status !== 'number' || isCriticalSpan(data)) return false;
  return status === 401 || status === 404 || (status > 300 && status < 400 && status !== 304);
}
