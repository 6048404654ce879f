import { read } from '../../grouping/index.js';

/** The properties of BullMQ's `Job` that are used here; the same in BullMQ 5 and 6. */
export interface Job {
  id?: string;
  name: string;
  data?: unknown;
  queueName: string;
  /** Failed attempts; incremented when an attempt has ended. */
  attemptsMade: number;
  opts?: JobOptions;
  /** Milliseconds since the epoch. */
  timestamp?: number;
  /** When this attempt began, in milliseconds since the epoch. */
  processedOn?: number;
  /** Set once the job has completed, or failed for the last time. */
  finishedOn?: number | null;
  failedReason?: string;
  /** The stacks of the failed attempts, the oldest first; those of errors without a stack are missing. */
  stacktrace?: string[] | null;
  parent?: { id?: string; queueKey?: string };
}

export interface JobOptions {
  attempts?: number;
  delay?: number;
  repeat?: unknown;
  telemetry?: { metadata?: unknown; omitContext?: boolean };
}

/** Errors that a processor throws to put a job back; they are not failures. */
const CONTROL_FLOW = new Set(['DelayedError', 'RateLimitError', 'WaitingError', 'WaitingChildrenError']);
const RATE_LIMIT = 'bullmq:rateLimitExceeded';

/** Whether the processor threw this to put its job back, and did not fail. */
export function isControlFlow(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return CONTROL_FLOW.has(String(read(error, 'name'))) || read(error, 'message') === RATE_LIMIT;
}

/** How often BullMQ tries a job. */
export function allowedAttempts({ opts }: Job): number {
  const attempts = opts?.attempts;
  return typeof attempts === 'number' && attempts > 1 ? attempts : 1;
}

/** Whether BullMQ will not retry after this failure, as far as can be known before it decides. */
export function isLastAttempt(job: Job, error: unknown): boolean {
  if (job.attemptsMade + 1 >= allowedAttempts(job)) return true;
  return typeof error === 'object' && error !== null && read(error, 'name') === 'UnrecoverableError';
}
