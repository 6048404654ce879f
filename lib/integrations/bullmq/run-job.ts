import { runBackgroundWork, type EndFailure } from '../../capture/background-work.js';
import { reportSlow } from '../../capture/report-slow.js';
import { guarded } from '../../stats/stats.js';
import { addEarlierAttempts, describeAttempt, type Attempt } from './attempt.js';
import { isControlFlow, isLastAttempt } from './job.js';
import { countFailedAttempt, isReported } from './report-attempt.js';
import { decideLater, noteBegun, noteReturned } from './worker-failures.js';

/**
 * Runs an attempt at a job as an execution, and reports its failure as `report` says.
 *
 * @param args - the arguments of the processor
 */
export function runJob<T>(attempt: Attempt, args: unknown[], run: () => T | PromiseLike<T>): T | Promise<T> {
  const work = guarded('bullmq-hooks', () => {
    noteBegun(attempt.job);
    return describeAttempt(attempt, args);
  });
  if (!work) return run() as T;
  const onFailure = (error: unknown, end: EndFailure) => {
    failed(attempt, error, end);
  };
  const isFailure = (error: unknown) => !isControlFlow(error);
  return runBackgroundWork({ ...work, onFailure, isFailure }, async () => {
    guarded('bullmq-hooks', () => {
      addEarlierAttempts(attempt);
    });
    const startedAt = performance.now();
    try {
      const value = await run();
      noteReturned(attempt.job);
      return value;
    } finally {
      guarded('slow-job', () => {
        warnIfSlow(attempt, work.name, performance.now() - startedAt);
      });
    }
  });
}

function failed(attempt: Attempt, error: unknown, end: EndFailure): void {
  if (isControlFlow(error)) return;
  countFailedAttempt(attempt);
  const isFinal = isLastAttempt(attempt.job, error);
  const known = isReported(attempt, error, isFinal || undefined);
  if (known !== undefined) end({ isReported: known, isFinal });
  if (isFinal) return;
  decideLater(attempt.job, (isLast) => {
    end({ isReported: known === undefined && isReported(attempt, error, isLast) === true, isFinal: isLast });
  });
}

function warnIfSlow({ tracking }: Attempt, name: string, duration: number): void {
  const { settings, application } = tracking;
  const threshold = settings.slowerThan ?? application.context.slowerThan;
  if (threshold !== undefined && duration > threshold) reportSlow({ name, duration, threshold, what: 'job' });
}
