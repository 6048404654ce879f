import type { Span } from '@sentry/nestjs';

/** Sentry's span status codes, which `@sentry/nestjs` does not export. */
export const SPAN_STATUS_OK = 1;
export const SPAN_STATUS_ERROR = 2;

export type SpanStatusCode = typeof SPAN_STATUS_OK | typeof SPAN_STATUS_ERROR;

/** The status of a span whose work failed unexpectedly. */
export const INTERNAL_ERROR = 'internal_error';

/** Fails a span permanently: the SDK would overwrite the status of a request span with that of its response. */
export function failSpan(span: Span, message: string): void {
  span.setStatus({ code: SPAN_STATUS_ERROR, message });
  span.setStatus = () => span;
}
