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

type Observer = (failure: ObservedFailure) => void;

const observers = processWide('failure-observers', () => new Set<Observer>());

/** @returns ends it */
export function observeFailures(observer: Observer): () => void {
  observers.add(observer);
  return () => observers.delete(observer);
}

/** Called once for each failure, while the code that captures it is running. */
export function tellObservers(failure: ObservedFailure): void {
  for (const observer of observers) {
    guarded('alerts', () => {
      observer(failure);
    });
  }
}

export function hasObservers(): boolean {
  return observers.size > 0;
}
