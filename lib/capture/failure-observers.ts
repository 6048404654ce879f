import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import type { CaptureCandidate } from './capture-candidate.js';
import type { EventContext } from './quota/event-context.js';

/** A failure or a message that the capture policy lets through, before sampling and throttling. */
export interface ObservedFailure {
  readonly candidate: CaptureCandidate;
  readonly context: EventContext;
  /** The key of its group. */
  group(): string;
}

export interface FailureObserver {
  /** Called once for each failure, while the code that captures it is running. */
  failure(failure: ObservedFailure): void;
  /** Called once for each job that has failed for good, while it is running; its failure may be reported as well. */
  failedJob(failure: ObservedFailure): void;
}

const observers = processWide('failure-observers', () => new Set<FailureObserver>());

/** @returns ends it */
export function observeFailures(observer: FailureObserver): () => void {
  observers.add(observer);
  return () => observers.delete(observer);
}

export function tellObservers(failure: ObservedFailure): void {
  for (const observer of observers) {
    guarded('alerts', () => {
      observer.failure(failure);
    });
  }
}

export function tellOfFailedJob(failure: ObservedFailure): void {
  for (const observer of observers) {
    guarded('alerts', () => {
      observer.failedJob(failure);
    });
  }
}

export function hasObservers(): boolean {
  return observers.size > 0;
}
