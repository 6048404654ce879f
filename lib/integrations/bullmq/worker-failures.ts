import { getIsolationScope } from '@sentry/nestjs';
import { runBackgroundWork, type EndFailure } from '../../capture/background-work.js';
import { keepContext } from '../../process-state/context-runner.js';
import { processWide } from '../../process-state/process-wide.js';
import { guarded } from '../../stats/stats.js';
import { addEarlierAttempts, describeAttempt, type Attempt } from './attempt.js';
import { countFailedAttempt, isReported } from './report-attempt.js';
import type { Job } from './job.js';

/** A worker of BullMQ. */
export interface Worker {
  on(event: 'failed', listener: (job: Job | undefined, error: unknown) => void): unknown;
}

const state = processWide('job-failures', () => ({
  followed: new WeakSet<object>(),
  /** The jobs that a processor has begun. */
  begun: new WeakSet<Job>(),
  /** Those whose processor has returned. */
  returned: new WeakSet<Job>(),
  /** Failures that are reported depending on whether BullMQ retries. */
  undecided: new WeakMap<Job, (isLast: boolean) => void>(),
}));

/** Notes that a processor runs the job. */
export function noteBegun(job: Job): void {
  state.begun.add(job);
}

/** Notes that a processor has returned: if the job fails all the same, BullMQ cannot store the value. */
export function noteReturned(job: Job): void {
  state.returned.add(job);
}

export function hasBegun(job: Job): boolean {
  return state.begun.has(job);
}

/** Decides about a report once BullMQ has emitted `failed`, inside the execution that has failed. */
export function decideLater(job: Job, decide: (isLast: boolean) => void): void {
  const inside = keepContext('job');
  state.undecided.set(job, (isLast) => {
    inside(() => {
      decide(isLast);
    });
  });
}

/**
 * Follows the failures that a worker emits, once: those that wait for BullMQ's decision, and those that no processor has
 * thrown: of jobs that stalled or started too often, and of jobs whose value cannot be stored.
 *
 * @param describe - describes an attempt of this worker; undefined if it is not tracked
 */
export function followWorker(worker: Worker, describe: (job: Job) => Attempt | undefined): void {
  if (state.followed.has(worker)) return;
  state.followed.add(worker);
  worker.on('failed', (job, error) => {
    guarded('bullmq-hooks', () => {
      if (!job) return; // removed
      const decide = state.undecided.get(job);
      state.undecided.delete(job);
      const isLast = Boolean(job.finishedOn);
      if (decide) decide(isLast);
      else if (!state.begun.has(job)) reportWithoutRun(describe(job), error, true);
      else if (state.returned.has(job)) reportWithoutRun(describe(job), error, isLast);
    });
  });
}

/** BullMQ has already counted the failure, and kept its stack. */
function reportWithoutRun(described: Attempt | undefined, error: unknown, isLast: boolean): void {
  if (!described) return;
  const { job } = described;
  const attempt = { ...described, failedBefore: Math.max(0, job.attemptsMade - 1) };
  const onFailure = (_error: unknown, end: EndFailure) => {
    countFailedAttempt(attempt);
    end({ isReported: isReported(attempt, error, isLast) === true, isFinal: isLast });
  };
  const fail = () => {
    addEarlierAttempts(attempt, job.stacktrace?.slice(0, -1));
    // The stack is BullMQ's own, the same for all jobs.
    getIsolationScope().setFingerprint(['{{ default }}', attempt.queue, job.name]);
    throw error;
  };
  void runBackgroundWork({ ...describeAttempt(attempt), onFailure }, fail).catch(() => undefined);
}
