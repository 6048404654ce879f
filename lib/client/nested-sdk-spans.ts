import type { NodeClient } from '@sentry/nestjs';
import { originOf, wrapTracer } from './wrap-tracer.js';

/** The spans of the SDK's own instrumentation of jobs and events. */
const BACKGROUND = /^auto\.(?:queue|event)\.(?:orchestrion\.)?nestjs(?:\.bullmq)?$/;

/**
 * Keeps the spans of the SDK's own instrumentation of jobs and events inside the transaction of the execution around
 * them: in Sentry 10, each of them would be a second transaction.
 *
 * @param isInBackgroundWork - whether the running code belongs to an execution of a job or an event
 */
export function nestSdkSpans(client: NodeClient, isInBackgroundWork: () => boolean): void {
  wrapTracer(client, (tracer) => ({
    startActiveSpan: (name, options, context, ...rest) =>
      // Without a context, the active one applies, which contains the span of the execution.
      BACKGROUND.test(originOf(options) ?? '') && isInBackgroundWork()
        ? tracer.startActiveSpan(name, options, ...rest)
        : tracer.startActiveSpan(name, options, context, ...rest),
  }));
}
