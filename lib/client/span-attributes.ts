import { spanToJSON, type Span } from '@sentry/nestjs';

/** The attributes of a span, which Sentry 10 calls `data`. */
export function spanAttributes(span: Span): Readonly<Record<string, unknown>> {
  const { data, attributes } = spanToJSON(span) as Partial<Record<'data' | 'attributes', Record<string, unknown>>>;
  return data ?? attributes ?? {};
}

/** Which part of the SDK has started a span. Read for every span: as JSON, all of it would be copied. */
export function spanOrigin(span: Span): unknown {
  const { attributes, _attributes = attributes } = span as Partial<Record<'attributes' | '_attributes', object>>;
  return (_attributes ?? spanAttributes(span))['sentry.origin' as never];
}
