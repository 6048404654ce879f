import type { BackgroundWork } from '../../capture/background-work.js';
import type { TrackedApplication } from '../../capture/application-registry.js';
import type { Handler } from '../../context/execution.js';
import { executionContextHost } from '../../hooks/execution-context-host.js';
import { read } from '../../grouping/index.js';

/** The properties of BullMQ's `Job` that are used here. */
export interface Job {
  name: string;
  attemptsMade: number;
  opts?: { attempts?: number };
  /** Set once the job has completed, or failed for the last time. */
  finishedOn?: number | null;
}

/** Errors that a processor throws to put a job back; they are not failures. */
const CONTROL_FLOW = new Set(['DelayedError', 'RateLimitError', 'WaitingError', 'WaitingChildrenError']);
const RATE_LIMIT = 'bullmq:rateLimitExceeded';

export function jobAttempt(
  queue: string,
  args: unknown[],
  handler: Handler,
  { context, policyOf }: TrackedApplication,
): BackgroundWork {
  const { name, attemptsMade } = args[0] as Job;
  return {
    kind: 'queue',
    name: `job ${queue} ${name}`,
    op: 'queue.process',
    handler,
    tags: { kind: 'queue', queue, job: name, attempt: String(attemptsMade + 1) },
    application: context,
    transport: 'queue',
    mechanism: 'auto.queue.nestjs.bullmq',
    policyOf,
    host: executionContextHost(args, 'queue'),
  };
}

/** Whether the processor threw this to put its job back, and did not fail. */
export function isControlFlow(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return CONTROL_FLOW.has(String(read(error, 'name'))) || read(error, 'message') === RATE_LIMIT;
}

/** Whether BullMQ will not retry after this failure, as far as can be known before it decides. */
export function isLastAttempt({ attemptsMade, opts }: Job, error: unknown): boolean {
  const attempts = opts?.attempts ?? 1;
  if (attemptsMade + 1 >= attempts) return true;
  return typeof error === 'object' && error !== null && read(error, 'name') === 'UnrecoverableError';
}
