import type { Span } from '@sentry/nestjs';

/** Sentry's status codes of spans, which `@sentry/nestjs` does not export. */
export const SPAN_STATUS_OK = 1;
export const SPAN_STATUS_ERROR = 2;

export type SpanStatusCode = typeof SPAN_STATUS_OK | typeof SPAN_STATUS_ERROR;

/** Fails a span for good: the SDK gives the span of a request the status of its response, whatever it had before. */
export function failSpan(span: Span): void {
  span.setStatus({ code: SPAN_STATUS_ERROR, message: 'internal_error' });
  span.setStatus = () => span;
}
