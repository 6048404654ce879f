/** Sentry's status codes of spans, which `@sentry/nestjs` does not export. */
export const SPAN_STATUS_OK = 1;
export const SPAN_STATUS_ERROR = 2;

export type SpanStatusCode = typeof SPAN_STATUS_OK | typeof SPAN_STATUS_ERROR;
