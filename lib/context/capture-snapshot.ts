import type { EventHint } from '@sentry/nestjs';
import { chainOf } from './chain.js';
import { currentExecution, type Execution } from './execution.js';
import { currentHandlerContext, type HandlerContext } from './handler-context.js';
import type { Operation } from './operation.js';

/** What surrounded the code that captured an event, at that moment. */
export interface CaptureSnapshot {
  execution: Execution;
  /** The operations that were unfinished, outermost first. */
  chain: Operation[];
  /** The part of the execution, if it has parts. */
  handlerContext?: HandlerContext;
}

const snapshots = new WeakMap<EventHint, CaptureSnapshot>();

/** To be called while the code that captures is still running: by the time an event is processed, its operation has ended. */
export function takeSnapshot(hint: EventHint): CaptureSnapshot {
  const execution = currentExecution();
  const chain = chainOf(execution, hint.originalException);
  const snapshot = { execution, chain, handlerContext: currentHandlerContext() };
  snapshots.set(hint, snapshot);
  return snapshot;
}

export function snapshotOf(hint: EventHint): CaptureSnapshot {
  return snapshots.get(hint) ?? takeSnapshot(hint);
}
