import type { Event, EventHint } from '@sentry/nestjs';
import { snapshotOf } from '../context/capture-snapshot.js';
import { isFailedStart } from './failed-start.js';
import { pendingFailure } from './http-failure.js';
import { markReported, reportedAs } from './dedupe.js';
import { isReportedElsewhere } from './reported-elsewhere.js';
import { originalOf } from './safe-error.js';

const OF_THE_PROCESS = /^auto\.node\.onun/;
const UNHANDLED_REJECTION = 'auto.node.onunhandledrejection';

/**
 * De-duplicates the SDK's own captures (unhandled rejections, uncaught exceptions) against the failures reported here:
 * a reported failure is not reported again, and the event of a filter that rejects includes the failure that the filter
 * handled.
 */
export function joinSdkCapture(event: Event, hint: EventHint): Event | null {
  const mechanism = event.exception?.values?.find(({ mechanism }) => mechanism?.type)?.mechanism?.type ?? '';
  if (event.type !== undefined || !OF_THE_PROCESS.test(mechanism)) return event;
  const error = originalOf(hint.originalException);
  const { execution } = snapshotOf(hint);
  if (isFailedStart(error) || reportedAs(execution, error)) return null;
  if (mechanism === UNHANDLED_REJECTION && isReportedElsewhere(error)) return null;
  const superseded = pendingFailure(execution)?.supersede();
  if (superseded) event.contexts = { ...event.contexts, ...superseded };
  if (event.event_id) markReported(execution, error, event.event_id);
  return event;
}
