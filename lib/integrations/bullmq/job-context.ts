import { BoundedCopy } from '../../bounds/index.js';
import { guarded } from '../../stats/stats.js';
import type { JobSettings } from './bullmq-options.js';
import { allowedAttempts, type Job } from './job.js';

/** 16 KB of text; the structure of the data is limited too. */
const DATA_LIMITS = { depth: 8, breadth: 1_000, values: 2_000, characters: 16_384 };

/** The context `job` of an event. Times are in ISO 8601, `delay` is in milliseconds. */
export function jobContext(
  job: Job,
  queue: string,
  attemptsMade: number,
  data: JobSettings['data'],
): Record<string, unknown> {
  const { id, name, opts, timestamp, processedOn, parent } = job;
  return {
    id,
    name,
    queue,
    attemptsMade,
    attempts: allowedAttempts(job),
    delay: opts?.delay ?? 0,
    timestamp: time(timestamp),
    processedOn: time(processedOn),
    ...(data !== false && sentData(job, data)),
    ...(parent && { parent: { id: parent.id, queue: queueOf(parent.queueKey) } }),
  };
}

function sentData(job: Job, data: true | ((job: never) => object)): { data?: unknown } {
  const sent = data === true ? { data: job.data } : guarded('bullmq-data', () => ({ data: data(job as never) }));
  return sent ? { data: new BoundedCopy(DATA_LIMITS).of(sent.data) } : {};
}

function time(milliseconds: number | undefined): string | undefined {
  const date = new Date(milliseconds ?? NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** `bull:orders` is the key of the queue `orders`: names of queues contain no colon. */
function queueOf(key: string | undefined): string | undefined {
  return key?.slice(key.lastIndexOf(':') + 1);
}
