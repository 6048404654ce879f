import { spanToJSON, type Span } from '@sentry/nestjs';

/** The attributes of a span, which Sentry 10 calls `data`. */
export function spanAttributes(span: Span): Readonly<Record<string, unknown>> {
  const { data, attributes } = spanToJSON(span) as Partial<Record<'data' | 'attributes', Record<string, unknown>>>;
  return data ?? attributes ?? {};
}
