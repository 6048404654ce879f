import type { EventHint } from '@sentry/nestjs';
import { chainOf } from './operation-chain.js';
import { currentExecution, type Execution } from './execution.js';
import { currentHandlerContext, type HandlerContext } from './handler-context.js';
import type { Operation } from './operation.js';

/** The context of the capturing code at the time of the capture. */
export interface CaptureSnapshot {
  execution: Execution;
  /** The operations that were unfinished, outermost first. */
  chain: Operation[];
  /** The part of the execution, if it has parts. */
  handlerContext?: HandlerContext;
}

const SNAPSHOT = Symbol.for('nestjs-error-tracker.capture-snapshot');
type SnapshotHint = EventHint & { [SNAPSHOT]?: CaptureSnapshot };

/** Call this while the capturing code is still running: its operation ends before the event is processed. */
export function takeSnapshot(error: unknown): CaptureSnapshot {
  const execution = currentExecution();
  return { execution, chain: chainOf(execution, error), handlerContext: currentHandlerContext() };
}

/** @returns a copy of the hint that carries the snapshot through the SDK to the event processors */
export function attachSnapshot<H extends EventHint>(hint: H, snapshot: CaptureSnapshot): H {
  return { ...hint, [SNAPSHOT]: snapshot };
}

/** The snapshot that came with the hint, or one taken now and kept there. */
export function snapshotOf(hint: SnapshotHint): CaptureSnapshot {
  return (hint[SNAPSHOT] ??= takeSnapshot(hint.originalException));
}
