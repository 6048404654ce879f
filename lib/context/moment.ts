import type { EventHint } from '@sentry/nestjs';
import { chainOf } from './chain.js';
import { currentExecution, type Execution } from './execution.js';
import type { Operation } from './operation.js';
import { currentPlace, type Place } from './place.js';

/** What surrounded the code that captured an event, at that moment. */
export interface Moment {
  execution: Execution;
  /** The operations that were unfinished, outermost first. */
  chain: Operation[];
  /** The part of the execution, where it has parts. */
  place?: Place;
}

const moments = new WeakMap<EventHint, Moment>();

/** Called while the code that captures is still running; by the time an event is processed, its operation has ended. */
export function noteMoment(hint: EventHint): Moment {
  const execution = currentExecution();
  const moment = { execution, chain: chainOf(execution, hint.originalException), place: currentPlace() };
  moments.set(hint, moment);
  return moment;
}

export function momentOf(hint: EventHint): Moment {
  return moments.get(hint) ?? noteMoment(hint);
}
