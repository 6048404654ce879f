import type { NodeClient } from '@sentry/nestjs';
import { cutText } from '../scrubbing/index.js';

/** The tracer of Sentry 10, through which its instrumentation starts spans. */
export interface SdkTracer {
  startSpan(name: string, options?: SpanOptions, context?: unknown): unknown;
  startActiveSpan(name: string, options?: SpanOptions, ...rest: unknown[]): unknown;
}
/** The SDK copies names of spans several times before anything else sees them. */
const MAX_NAME_LENGTH = 10_000;
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
  if (!tracer) return undefined;
  const bounded: SdkTracer = {
    startSpan: (name, options, context) => tracer.startSpan(shortName(name), options, context),
    startActiveSpan: (name, ...rest) => tracer.startActiveSpan(shortName(name), ...rest),
  };
  return { ...bounded, ...wrap(bounded) };
}

/** @param name - no text if the application is not typed */
function shortName(name: string): string {
  return typeof name === 'string' ? cutText(name, MAX_NAME_LENGTH) : name;
}
