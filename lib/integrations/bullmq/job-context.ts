import { copyToSize } from '../../bounds/index.js';
import { guarded } from '../../stats/stats.js';
import type { JobSettings } from './bullmq-options.js';
import { allowedAttempts, type Job } from './job.js';

/** Of the data, as JSON. */
const MAX_BYTES = 16_384;

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
  return sent ? { data: copyToSize(sent.data, MAX_BYTES) } : {};
}

function time(milliseconds: number | undefined): string | undefined {
  const date = new Date(milliseconds ?? NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** `bull:orders` is the key of the queue `orders`: names of queues contain no colon. */
function queueOf(key: string | undefined): string | undefined {
  return key?.slice(key.lastIndexOf(':') + 1);
}
