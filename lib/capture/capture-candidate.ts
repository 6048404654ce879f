import type { Event, EventHint } from '@sentry/nestjs';
import { attachSnapshot, takeSnapshot, type CaptureSnapshot } from '../context/capture-snapshot.js';
import type { CaptureContext } from './capture-context.js';
import { linksOf } from './error-links.js';

export interface CandidateFacts {
  /** The thrown value, or the text of a message. */
  readonly error: unknown;
  readonly isMessage?: boolean;
  /** An event that the application built itself. */
  readonly event?: Event;
  readonly context?: CaptureContext;
  /** False if nothing in the application handled it. */
  readonly handled: boolean;
  /** Whether it ends the process. */
  readonly fatal?: boolean;
  /** Carries the stack of a message. */
  readonly stackHolder?: Error;
}

const QUOTA_CHECKED = Symbol.for('nestjs-error-tracker.quota-checked');

/**
 * A failure or a message before its event is built. It is analysed once, here: the quota, the de-duplication and the
 * event use the same snapshot and the same links.
 */
export class CaptureCandidate {
  /** The context of the capturing code. */
  readonly snapshot: CaptureSnapshot;
  /** The id of its event, once it was captured. */
  eventId?: string;
  private allLinks: ReadonlySet<object> | undefined;

  constructor(readonly facts: CandidateFacts) {
    this.snapshot = takeSnapshot(facts.error);
  }

  /** The error, its causes and the members of aggregates; empty for a value that is not an object. */
  get links(): ReadonlySet<object> {
    return (this.allLinks ??= linksOf(this.facts.error));
  }

  /** The hint for the SDK: the client does not check the quota again, and the event gets this snapshot. */
  hint<H extends EventHint>(hint: H): H {
    return quotaChecked(attachSnapshot(hint, this.snapshot));
  }
}

/** Marks a capture that has already passed the quota. */
export function quotaChecked<H extends object>(hint: H): H {
  return { ...hint, [QUOTA_CHECKED]: true };
}

export function wasQuotaChecked(hint: object | undefined): boolean {
  return hint !== undefined && QUOTA_CHECKED in hint;
}
