import { requireSynchronous } from '../../stats/require-synchronous.js';
import { guarded } from '../../stats/stats.js';
import { trackerMetrics } from '../../tracker/metrics.js';
import type { Attempt } from './attempt.js';

/** Counts a failed attempt, whether or not it is reported. */
export function countFailedAttempt({ job, queue }: Attempt): void {
  trackerMetrics.count('job.attempt_failed', 1, { tags: { queue, job: job.name } });
}

/**
 * Whether a failed attempt is reported.
 *
 * @param isLast - undefined if it is only known once BullMQ has decided about a retry
 * @returns undefined if that depends on `isLast`
 */
export function isReported(attempt: Attempt, error: unknown, isLast: boolean | undefined): boolean | undefined {
  const { report } = attempt.tracking.settings;
  if (report === 'every') return true;
  if (report === 'first') return attempt.failedBefore === 0;
  if (report === 'last' || isLast === undefined) return isLast;
  const decided = guarded('bullmq-report', () =>
    requireSynchronous(report(attempt.job as never, error as Error, isLast)),
  );
  return decided ?? isLast;
}
