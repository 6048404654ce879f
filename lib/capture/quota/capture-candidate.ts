import type { Event } from '@sentry/nestjs';
import type { CaptureContext } from '../capture-context.js';

/** A failure or a message, before anything is built of it. */
export interface CaptureCandidate {
  /** What was thrown; of a message its text. */
  readonly error: unknown;
  readonly isMessage?: boolean;
  /** An event that the application has built itself. */
  readonly event?: Event;
  readonly context?: CaptureContext;
  /** False where nothing in the application handled it. */
  readonly handled: boolean;
  /** Its process ends with it. */
  readonly fatal?: boolean;
  /** Where a message came from. */
  readonly stackHolder?: Error;
}

const JUDGED = Symbol.for('nestjs-error-tracker.judged');

/** Marks the context of a capture that was let through already, so that the client does not ask a second time. */
export function quotaChecked(context?: CaptureContext): CaptureContext {
  return { ...context, [JUDGED]: true } as CaptureContext;
}

export function wasQuotaChecked(context: unknown): boolean {
  return typeof context === 'object' && context !== null && JUDGED in context;
}
