import { captureException, type SeverityLevel, type User } from '@sentry/nestjs';
import { isActive } from '../client/state.js';
import { chainOf, isReference } from '../context/chain.js';
import { currentExecution } from '../context/execution.js';
import { countFault, ledger } from '../ledger/ledger.js';
import { presentable } from './presentable.js';
import { judged } from './quota/occurrence.js';
import { admits } from './quota/quota.js';
import { clearSdkMark, markLeftOut, markReported, reportedAs, wasCapturedBySdk } from './seen.js';

/** What one event says besides what its scope says. */
export interface CaptureContext {
  level?: SeverityLevel;
  tags?: Record<string, string | number | boolean | null | undefined>;
  extra?: Record<string, unknown>;
  contexts?: Record<string, Record<string, unknown> | undefined>;
  user?: User;
  fingerprint?: string[];
}

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
    if (!admits({ error, context, handled, fatal })) {
      markLeftOut(execution, error);
      return undefined;
    }
    const shown = presentable(error);
    if (shown !== error && isReference(shown)) execution.chains.objects.set(shown, chainOf(execution, error));
    clearSdkMark(shown);
    const id = captureException(shown, { mechanism: { type, handled }, captureContext: judged(context) as never });
    markReported(execution, error, id);
    if (shown !== error) markReported(execution, shown, id);
    ledger.capture.reported++;
    return id;
  } catch {
    countFault('capture');
    return undefined;
  }
}
