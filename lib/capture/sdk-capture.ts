import type { Event, EventHint } from '@sentry/nestjs';
import { snapshotOf } from '../context/capture-snapshot.js';
import { isFailedStart } from './failed-start.js';
import { pendingFailure } from './http-failure.js';
import { markReported, reportedAs } from './dedupe.js';

const OF_THE_PROCESS = /^auto\.node\.onun/;

/**
 * Brings what the SDK captures by itself (unhandled rejections, uncaught exceptions) together with what was reported
 * here: a failure that was reported is not reported again, and a filter that rejects takes over the failure that it
 * was to answer.
 */
export function joinSdkCapture(event: Event, hint: EventHint): Event | null {
  const mechanism = event.exception?.values?.find(({ mechanism }) => mechanism?.type)?.mechanism?.type ?? '';
  if (event.type !== undefined || !OF_THE_PROCESS.test(mechanism)) return event;
  const { originalException: error } = hint;
  const { execution } = snapshotOf(hint);
  if (isFailedStart(error) || reportedAs(execution, error)) return null;
  const superseded = pendingFailure(execution)?.supersede();
  if (superseded) event.contexts = { ...event.contexts, ...superseded };
  if (event.event_id) markReported(execution, error, event.event_id);
  return event;
}
