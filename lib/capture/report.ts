import { captureException } from '@sentry/nestjs';
import { isActive } from '../client/state.js';
import { countFault } from '../stats/stats.js';
import { CaptureCandidate } from './capture-candidate.js';
import type { CaptureContext } from './capture-context.js';
import { markReported, markSuppressed, reportedAs, wasCapturedBySdk } from './dedupe.js';
import { shouldSend } from './quota/quota.js';
import { safeError } from './safe-error.js';
import { clearSdkMark } from './sdk-mark.js';

/** How a failure was captured, in Sentry's terms. */
export interface Mechanism {
  type: string;
  handled: boolean;
  /** Whether it ends the process; if so, the quota does not suppress it. */
  fatal?: boolean;
}

/**
 * Reports a failure of the running execution, once.
 *
 * @returns the id of the event, even if the failure was reported before; undefined if none was sent
 */
export function report(error: unknown, mechanism: Mechanism, context?: CaptureContext): string | undefined {
  if (!isActive()) return undefined;
  try {
    const { type, handled, fatal } = mechanism;
    const candidate = new CaptureCandidate({ error, context, handled, fatal });
    const { links, snapshot } = candidate;
    const known = reportedAs(snapshot.execution, error, links);
    if (known !== undefined || wasCapturedBySdk(error)) return known || undefined;
    if (!shouldSend(candidate)) {
      markSuppressed(candidate);
      return undefined;
    }
    const safe = safeError(error);
    clearSdkMark(safe);
    const id = captureException(
      safe,
      candidate.hint({ mechanism: { type, handled }, captureContext: context as never }),
    );
    candidate.eventId = id;
    markReported(snapshot.execution, error, id, links);
    if (safe !== error) markReported(snapshot.execution, safe, id);
    return id;
  } catch {
    countFault('capture');
    return undefined;
  }
}
