import type { NodeClient } from '@sentry/nestjs';

type Tracer = NodeClient['tracer'];
type Start = (name: string, ...rest: unknown[]) => unknown;

/** The spans of the SDK's own instrumentation of jobs and events. */
const BACKGROUND = /^auto\.(?:queue|event)\.(?:orchestrion\.)?nestjs(?:\.bullmq)?$/;

/**
 * Keeps the spans of the SDK's own instrumentation of jobs and events inside the transaction of the execution around
 * them: in Sentry 10, each of them would be a second transaction.
 *
 * @param isInBackgroundWork - whether the running code belongs to an execution of a job or an event
 */
export function nestSdkSpans(client: NodeClient, isInBackgroundWork: () => boolean): void {
  const owner = Object.getPrototypeOf(client) as object;
  let nesting: Tracer | undefined;
  Object.defineProperty(client, 'tracer', {
    configurable: true,
    get: () => (nesting ??= nestingTracer(Reflect.get(owner, 'tracer', client) as Tracer, isInBackgroundWork)),
  });
}

function nestingTracer(tracer: Tracer | undefined, isInBackgroundWork: () => boolean): Tracer | undefined {
  if (!tracer) return undefined;
  const original = tracer as unknown as Record<keyof Tracer, Start>;
  const startActiveSpan: Start = (name, options, context, ...rest) =>
    // Without a context, the active one applies, which contains the span of the execution.
    isBackground(options) && isInBackgroundWork()
      ? original.startActiveSpan(name, options, ...rest)
      : original.startActiveSpan(name, options, context, ...rest);
  const startSpan: Start = (name, options, context) => original.startSpan(name, options, context);
  return { startSpan, startActiveSpan } as Tracer;
}

function isBackground(options: unknown): boolean {
  const origin = (options as { attributes?: Record<string, unknown> } | undefined)?.attributes?.['sentry.origin'];
  return typeof origin === 'string' && BACKGROUND.test(origin);
}
