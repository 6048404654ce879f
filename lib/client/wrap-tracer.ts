import type { NodeClient } from '@sentry/nestjs';

/** The tracer of Sentry 10, through which its instrumentation starts spans. */
export interface SdkTracer {
  startSpan(name: string, options?: SpanOptions, context?: unknown): unknown;
  startActiveSpan(name: string, options?: SpanOptions, ...rest: unknown[]): unknown;
}
interface SpanOptions {
  attributes?: Record<string, unknown>;
}

/** Where the SDK says which part of it starts a span. */
export function originOf(options: SpanOptions | undefined): string | undefined {
  const origin = options?.attributes?.['sentry.origin'];
  return typeof origin === 'string' ? origin : undefined;
}

/**
 * Replaces methods of the tracer of a client. May be called several times for one client. Without a tracer (Sentry 11),
 * nothing is replaced.
 */
export function wrapTracer(client: NodeClient, wrap: (tracer: SdkTracer) => Partial<SdkTracer>): void {
  const own = Object.getOwnPropertyDescriptor(client, 'tracer');
  if (own && !own.configurable) return;
  const prototype = Object.getPrototypeOf(client) as object;
  const read = () =>
    own?.get ? (own.get.call(client) as unknown) : (Reflect.get(prototype, 'tracer', client) as unknown);
  let wrapped: SdkTracer | undefined;
  Object.defineProperty(client, 'tracer', {
    configurable: true,
    get: () => (wrapped ??= withMethods(read() as SdkTracer | undefined, wrap)),
  });
}

function withMethods(
  tracer: SdkTracer | undefined,
  wrap: (tracer: SdkTracer) => Partial<SdkTracer>,
): SdkTracer | undefined {
  return (
    tracer && {
      startSpan: (name, options, context) => tracer.startSpan(name, options, context),
      startActiveSpan: (...args) => tracer.startActiveSpan(...args),
      ...wrap(tracer),
    }
  );
}
