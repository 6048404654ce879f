import { addBreadcrumb, getClient } from '@sentry/nestjs';
import type { BackgroundWork } from '../../capture/background-work.js';
import type { Handler } from '../../context/execution.js';
import { executionContextHost } from '../../hooks/execution-context-host.js';
import type { Tracking } from '../../partners/partner.js';
import type { JobSettings } from './bullmq-options.js';
import { jobContext } from './job-context.js';
import { carriedTrace } from './job-trace.js';
import { allowedAttempts, type Job } from './job.js';

/** One attempt at a job. */
export interface Attempt {
  job: Job;
  queue: string;
  /** Failed attempts before this one. */
  failedBefore: number;
  /** Undefined if it is not a method. */
  handler?: Handler;
  tracking: Tracking<JobSettings>;
}

/** @param args - the arguments of the processor */
export function describeAttempt(attempt: Attempt, args: unknown[] = [attempt.job]): BackgroundWork {
  const { job, queue, failedBefore, handler, tracking } = attempt;
  const { application, settings } = tracking;
  return {
    kind: 'queue',
    name: `job ${queue} ${job.name}`,
    op: 'queue.process',
    handler,
    job: { queue, name: job.name },
    tags: { kind: 'queue', queue, job: job.name, attempt: String(failedBefore + 1) },
    attributes: messagingAttributes(job, queue, failedBefore),
    contexts: () => ({ job: jobContext(job, queue, failedBefore, settings.data) }),
    ...carriedTrace(job, settings),
    application: application.context,
    transport: 'queue',
    mechanism: 'auto.queue.nestjs.bullmq',
    policyOf: application.policyOf,
    host: executionContextHost(args, 'queue'),
  };
}

/** As OpenTelemetry names them; Sentry's page about queues reads them. */
function messagingAttributes(job: Job, queue: string, failedBefore: number): BackgroundWork['attributes'] {
  const { id, timestamp, processedOn } = job;
  return {
    'messaging.system': 'bullmq',
    'messaging.destination.name': queue,
    'messaging.message.id': id,
    'messaging.message.retry.count': failedBefore,
    ...(timestamp && processedOn && { 'messaging.message.receive.latency': Math.max(0, processedOn - timestamp) }),
  };
}

const MAX_BREADCRUMBS = 100;
const MAX_ERROR_LENGTH = 1_000;
const STACK_FRAME = /\n\s+at /;

/**
 * Adds a breadcrumb for each earlier attempt, also those of other processes: BullMQ keeps the stacks of their errors.
 *
 * @param stacks - the stacks of the earlier attempts
 */
export function addEarlierAttempts({ job, failedBefore }: Attempt, stacks = job.stacktrace ?? []): void {
  const max = getClient()?.getOptions().maxBreadcrumbs ?? MAX_BREADCRUMBS;
  for (let number = Math.max(1, failedBefore - max + 1); number <= failedBefore; number++) {
    // Aligned at the end: BullMQ may keep the latest stacks only.
    const stack = stacks[stacks.length - 1 - failedBefore + number];
    addBreadcrumb({
      category: 'job',
      message: `Attempt ${number} of ${allowedAttempts(job)} failed`,
      level: 'warning',
      data: { error: errorOf(stack) ?? (number === failedBefore ? job.failedReason : undefined) },
    });
  }
}

/** Name and message of the error with this stack. */
function errorOf(stack: string | undefined): string | undefined {
  return typeof stack === 'string' ? stack.slice(0, MAX_ERROR_LENGTH).split(STACK_FRAME, 1)[0] : undefined;
}
