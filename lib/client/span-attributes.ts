import { spanToJSON, type Span } from '@sentry/nestjs';

type Attributes = Readonly<Record<string, unknown>>;

/** The attributes of a span, which Sentry 10 calls `data`. */
export function spanAttributes(span: Span): Readonly<Record<string, unknown>> {
  const { data, attributes } = spanToJSON(span) as Partial<Record<'data' | 'attributes', Record<string, unknown>>>;
  return data ?? attributes ?? {};
}

/**
 * Which part of the SDK has started a span; undefined if it records nothing. Read for every span: as JSON, all of it would
 * be copied. Sentry 10 has OpenTelemetry's `attributes`, Sentry 11 `_attributes`.
 */
export function spanOrigin(span: Span): unknown {
  const { attributes, _attributes = attributes } = span as { attributes?: Attributes; _attributes?: Attributes };
  return _attributes?.['sentry.origin'];
}
