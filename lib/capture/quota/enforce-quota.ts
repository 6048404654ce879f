import type { NodeClient } from '@sentry/nestjs';
import { AsyncResource } from 'node:async_hooks';
import { compileGrouping } from '../../grouping/index.js';
import { currentExecution } from '../../context/execution.js';
import { countFault, guarded } from '../../stats/stats.js';
import { processWide } from '../../process-state/process-wide.js';
import type { ResolvedInit } from '../../options/resolve-init.js';
import { compileErrorSampler, compileThrottle } from '../../sampling/index.js';
import { isFailedStart } from '../failed-start.js';
import type { CaptureContext } from '../capture-context.js';
import { clearSdkMark, hasSdkMark, SUPPRESSED, markSuppressed, reportedAs, wasSuppressed } from '../dedupe.js';
import { wasQuotaChecked, type CaptureCandidate } from './capture-candidate.js';
import { shouldSend, sendSummaries, setQuota, type QuotaRules } from './quota.js';

type Hint = Parameters<NodeClient['captureException']>[1];

const OF_THE_PROCESS = /^auto\.node\.onun/;
const watching = processWide('quota-exit', () => ({ exit: false }));

/**
 * @param path - what the paths of a ConfigurationError begin with
 * @throws ConfigurationError - where a rule or a limit cannot be used
 */
export function compileQuota({ sampleRate, sampling, grouping, throttle }: ResolvedInit, path: string): QuotaRules {
  return {
    sampleRate,
    rateOf: compileErrorSampler(
      sampling?.errors,
      () => {
        countFault('sampling');
      },
      `${path}sampling.errors`,
    ),
    // Faults of rules are counted where the event is grouped, or never where none is built.
    group: compileGrouping(grouping, undefined, `${path}grouping`),
    throttle: compileThrottle(throttle, `${path}throttle`),
  };
}

/**
 * Puts the quota before everything that the client builds events of: what this library reports has asked before; the
 * application's own captures and those of the SDK ask here.
 */
export function enforceQuota(client: NodeClient, rules: QuotaRules): void {
  /* eslint-disable @typescript-eslint/unbound-method -- each called with the client as its `this` */
  const { captureException, captureMessage, captureEvent } = client;
  /* eslint-enable @typescript-eslint/unbound-method */
  client.captureException = (exception, hint, scope) => {
    if (leavesOutException(exception, hint)) return hint?.event_id ?? '';
    return captureException.call(client, exception, hint, scope);
  };
  client.captureMessage = (message, level, hint, scope) => {
    const stackHolder = hint?.syntheticException ?? undefined;
    const occurrence = { error: String(message), isMessage: true, handled: true, stackHolder };
    const context = contextOf(hint);
    if (leavesOut({ ...occurrence, context: level ? { level, ...context } : context }, hint)) {
      return hint?.event_id ?? '';
    }
    return captureMessage.call(client, message, level, hint, scope);
  };
  client.captureEvent = (event, hint, scope) => {
    const handled = event.exception?.values?.at(-1)?.mechanism?.handled !== false;
    const occurrence = { error: hint?.originalException, event, handled, context: contextOf(hint) };
    if (event.type === undefined && leavesOut(occurrence, hint)) return hint?.event_id ?? '';
    return captureEvent.call(client, event, hint, scope);
  };
  // Timers and summaries belong to the process, not to the request that happened to set them off.
  const inProcess = AsyncResource.bind((run: () => void) => {
    run();
  });
  setQuota(rules, { now: Date.now, inProcess });
  client.on('flush', sendSummaries);
  if (watching.exit) return;
  watching.exit = true;
  process.on('beforeExit', sendSummaries);
}

function leavesOutException(exception: unknown, hint: Hint): boolean {
  if (wasQuotaChecked(hint?.captureContext)) return false;
  return (
    guarded('quota', () => {
      const { mechanism } = hint ?? {};
      const execution = currentExecution();
      const known = reportedAs(execution, exception);
      const context = contextOf(hint);
      const ofProcess = OF_THE_PROCESS.test(mechanism?.type ?? '');
      const fatal = ofProcess && context?.level === 'fatal';
      if (fatal && wasSuppressed(exception)) clearSdkMark(exception);
      if (hasSdkMark(exception)) return false; // the SDK drops it
      if (ofProcess && known === SUPPRESSED && !fatal) return true;
      // What was reported, or ended a start, is told apart once its event is there: see sdk-capture.ts.
      if (ofProcess && (known || isFailedStart(exception))) return false;
      const handled = mechanism?.handled !== false;
      if (shouldSend({ error: exception, context, handled, fatal })) return false;
      markSuppressed(execution, exception);
      return true;
    }) ?? false
  );
}

function leavesOut(occurrence: CaptureCandidate, hint: Hint): boolean {
  return !wasQuotaChecked(hint?.captureContext) && !shouldSend(occurrence);
}

/** Scopes and functions of the application are not asked: they may do anything. */
function contextOf(hint: Hint): CaptureContext | undefined {
  const context: unknown = hint?.captureContext;
  if (typeof context !== 'object' || context === null) return undefined;
  return Object.getPrototypeOf(context) === Object.prototype ? context : undefined;
}
