import type { CaptureContext } from './capture-context.js';
import { captureException } from '@sentry/nestjs';
import { isActive } from '../client/state.js';
import { chainOf, isReference } from '../context/chain.js';
import { currentExecution } from '../context/execution.js';
import { countFault, stats } from '../stats/stats.js';
import { safeError } from './safe-error.js';
import { quotaChecked } from './quota/capture-candidate.js';
import { shouldSend } from './quota/quota.js';
import { clearSdkMark, markSuppressed, markReported, reportedAs, wasCapturedBySdk } from './dedupe.js';

/** Where a failure was noticed, in Sentry's terms. */
export interface Mechanism {
  type: string;
  handled: boolean;
  /** The process ends with it: no quota holds it back. */
  fatal?: boolean;
}

/**
 * Reports a failure of the running execution, once.
 *
 * @returns the id of its event, also where it was reported before; undefined where none was sent
 */
export function report(error: unknown, mechanism: Mechanism, context?: CaptureContext): string | undefined {
  if (!isActive()) return undefined;
  try {
    const execution = currentExecution();
    const known = reportedAs(execution, error);
    if (known !== undefined || wasCapturedBySdk(error)) return known || undefined;
    const { type, handled, fatal } = mechanism;
    if (!shouldSend({ error, context, handled, fatal })) {
      markSuppressed(execution, error);
      return undefined;
    }
    const shown = safeError(error);
    if (shown !== error && isReference(shown)) execution.chains.objects.set(shown, chainOf(execution, error));
    clearSdkMark(shown);
    const id = captureException(shown, {
      mechanism: { type, handled },
      captureContext: quotaChecked(context) as never,
    });
    markReported(execution, error, id);
    if (shown !== error) markReported(execution, shown, id);
    stats.capture.reported++;
    return id;
  } catch {
    countFault('capture');
    return undefined;
  }
}
