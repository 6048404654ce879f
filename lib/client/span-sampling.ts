import type { Span } from '@sentry/nestjs';

const SAMPLED = 1;

/** Spans of the SDK decide by this whether they leave; those of another tracer provider do not have it. */
interface OwnSpan {
  _sampled?: boolean;
}

/**
 * Makes a span that is sampled one that is not: it does not leave, spans that begin below it do not, and requests that
 * are made within it say so.
 *
 * @returns whether it was sampled
 */
export function unsample(span: Span): boolean {
  const context = span.spanContext();
  if (context.traceFlags !== SAMPLED) return false;
  if ('_sampled' in span) (span as OwnSpan)._sampled = false;
  else span.spanContext = () => ({ ...context, traceFlags: 0 });
  return true;
}

/** Undoes {@link unsample}. */
export function resample(span: Span): void {
  if ('_sampled' in span) (span as OwnSpan)._sampled = true;
  else delete (span as Partial<Span>).spanContext;
}
