import type { EventHint } from '@sentry/nestjs';
import { chainOf } from './chain.js';
import { currentExecution, type Execution } from './execution.js';
import type { Operation } from './operation.js';
import { currentHandlerContext, type HandlerContext } from './handler-context.js';

/** What surrounded the code that captured an event, at that moment. */
export interface CaptureSnapshot {
  execution: Execution;
  /** The operations that were unfinished, outermost first. */
  chain: Operation[];
  /** The part of the execution, where it has parts. */
  place?: HandlerContext;
}

const moments = new WeakMap<EventHint, CaptureSnapshot>();

/** Called while the code that captures is still running; by the time an event is processed, its operation has ended. */
export function takeSnapshot(hint: EventHint): CaptureSnapshot {
  const execution = currentExecution();
  const moment = { execution, chain: chainOf(execution, hint.originalException), place: currentHandlerContext() };
  moments.set(hint, moment);
  return moment;
}

export function snapshotOf(hint: EventHint): CaptureSnapshot {
  return moments.get(hint) ?? takeSnapshot(hint);
}
