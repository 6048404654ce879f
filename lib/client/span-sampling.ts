import type { Span } from '@sentry/nestjs';

const SAMPLED = 1;

/** The SDK's spans are sent if this is true; spans of other tracer providers do not have it. */
interface SdkSpan {
  _sampled?: boolean;
}

/**
 * Turns a sampled span into an unsampled one: neither the span nor its later children are sent, and outgoing requests
 * propagate that decision.
 *
 * @returns whether it was sampled
 */
export function unsample(span: Span): boolean {
  const context = span.spanContext();
  if (context.traceFlags !== SAMPLED) return false;
  if ('_sampled' in span) (span as SdkSpan)._sampled = false;
  else span.spanContext = () => ({ ...context, traceFlags: 0 });
  return true;
}

/** Undoes {@link unsample}. */
export function resample(span: Span): void {
  if ('_sampled' in span) (span as SdkSpan)._sampled = true;
  else delete (span as Partial<Span>).spanContext;
}
