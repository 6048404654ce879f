import { getCurrentScope, type NodeClient } from '@sentry/nestjs';
import { INTERNAL_ERROR } from '../../client/span-status.js';
import { currentExecution, ownExecution } from '../../context/execution.js';
import { compileGrouping } from '../../grouping/index.js';
import { countFault, guarded } from '../../stats/stats.js';
import { keepContext } from '../../process-state/context-runner.js';
import { processWide } from '../../process-state/process-wide.js';
import type { ResolvedInit } from '../../options/resolve-init.js';
import { compileErrorSampler, compileThrottle } from '../../sampling/index.js';
import { isFailedStart } from '../failed-start.js';
import type { CaptureContext } from '../capture-context.js';
import { takeOverSdkCapture } from '../background-work.js';
import { CaptureCandidate, wasQuotaChecked, type CandidateFacts } from '../capture-candidate.js';
import { markReported, markSuppressed, reportedAs, SUPPRESSED, wasSuppressed } from '../dedupe.js';
import { clearSdkMark, hasSdkMark, setSdkMark } from '../sdk-mark.js';
import { safeError } from '../safe-error.js';
import { thrownInside } from '../thrown-inside.js';
import { sendSummaries, setQuota, shouldSend, type QuotaRules } from './quota.js';

export type { QuotaRules } from './quota.js';

type Hint = Parameters<NodeClient['captureException']>[1];

const OF_THE_PROCESS = /^auto\.node\.onun/;
const watching = processWide<{ client?: NodeClient }>('quota-exit', () => ({}));

/**
 * @param path - prefix of the paths in a ConfigurationError
 * @throws ConfigurationError - if a rule or a limit is invalid
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
    // Faults of rules are counted when the event is grouped, or not at all if no event is built.
    group: compileGrouping(grouping, undefined, `${path}grouping`),
    throttle: compileThrottle(throttle, `${path}throttle`),
  };
}

/**
 * Checks the quota before the client builds any event. Reports of this library have already been checked; direct
 * captures of the application and of the SDK are checked here.
 */
export function enforceQuota(client: NodeClient, rules: QuotaRules): void {
  /* eslint-disable @typescript-eslint/unbound-method -- each called with the client as its `this` */
  const { captureException, captureMessage, captureEvent } = client;
  /* eslint-enable @typescript-eslint/unbound-method */
  const capture: NodeClient['captureException'] = (exception, hint, scope) => {
    // Reading it formats the stack, before the SDK makes the thrown value its message, which may have a million lines.
    if (!(exception instanceof Error) && hint?.syntheticException) Reflect.get(hint.syntheticException, 'stack');
    if (wasQuotaChecked(hint)) return captureException.call(client, exception, hint, scope);
    if (guarded('quota', () => takeOverSdkCapture(exception, hint?.mechanism?.type))) return hint?.event_id ?? '';
    const checked = guarded('quota', () => checkException(exception, hint));
    if (checked === SUPPRESSED) return hint?.event_id ?? '';
    const safe = readable(exception);
    const shown = safe === exception ? (checked ?? hint) : { ...(checked ?? hint), originalException: safe };
    const id = captureException.call(client, safe, shown, scope);
    if (!hint?.mechanism) {
      guarded('quota', () => {
        noteDirectCapture(exception, id);
      });
    }
    return id;
  };
  client.captureException = (exception, hint, scope) => {
    const inside = OF_THE_PROCESS.test(hint?.mechanism?.type ?? '') ? thrownInside(exception) : undefined;
    if (!inside) return capture(exception, hint, scope);
    return inside(() => {
      ownExecution().failed ??= INTERNAL_ERROR;
      return capture(exception, hint, getCurrentScope());
    });
  };
  client.captureMessage = (message, level, hint, scope) => {
    if (wasQuotaChecked(hint)) return captureMessage.call(client, message, level, hint, scope);
    const context = level ? { level, ...contextOf(hint) } : contextOf(hint);
    const stackHolder = hint?.syntheticException ?? undefined;
    const checked = check({ error: String(message), isMessage: true, handled: true, stackHolder, context }, hint);
    if (checked === SUPPRESSED) return hint?.event_id ?? '';
    return captureMessage.call(client, message, level, checked ?? hint, scope);
  };
  client.captureEvent = (event, hint, scope) => {
    if (event.type !== undefined || wasQuotaChecked(hint)) return captureEvent.call(client, event, hint, scope);
    const handled = event.exception?.values?.at(-1)?.mechanism?.handled !== false;
    const checked = check({ error: hint?.originalException, event, handled, context: contextOf(hint) }, hint);
    if (checked === SUPPRESSED) return hint?.event_id ?? '';
    return captureEvent.call(client, event, checked ?? hint, scope);
  };
  useQuota(rules);
  client.on('flush', sendSummaries);
  if (!watching.client) process.on('beforeExit', sendSummaries);
  watching.client = client;
  client.on('close', () => {
    if (watching.client !== client) return; // another client has replaced this one
    process.off('beforeExit', sendSummaries);
    watching.client = undefined;
  });
}

/** Begins with full budgets; what was suppressed until now is summarised. */
export function useQuota(rules: QuotaRules): void {
  // Timers and summaries belong to the process, not to the request that happened to trigger them.
  setQuota(rules, { now: Date.now, inProcess: keepContext('quota') });
}

/** What the SDK can read; the thrown object is marked as captured, even if a copy of it is. */
function readable(exception: unknown): unknown {
  const safe = guarded('capture', () => safeError(exception)) ?? exception;
  if (safe !== exception && !hasSdkMark(exception)) setSdkMark(exception);
  return safe;
}

/** The hint to continue with, which carries the snapshot that the quota check used. */
type Checked = NonNullable<Hint> | typeof SUPPRESSED;

function checkException(exception: unknown, hint: Hint): Checked {
  const { mechanism } = hint ?? {};
  const context = contextOf(hint);
  const ofProcess = OF_THE_PROCESS.test(mechanism?.type ?? '');
  const fatal = ofProcess && context?.level === 'fatal';
  const candidate = new CaptureCandidate({ error: exception, context, handled: mechanism?.handled !== false, fatal });
  const known = reportedAs(candidate.snapshot.execution, exception, candidate.links);
  if (fatal && wasSuppressed(exception)) clearSdkMark(exception);
  const pass = candidate.hint(hint ?? {});
  if (hasSdkMark(exception)) return pass; // the SDK drops it
  if (ofProcess && known === SUPPRESSED && !fatal) return SUPPRESSED;
  // An error that was already reported, or that ended a start, is recognised when its event is built: unhandled-errors.ts.
  if (ofProcess && (known || isFailedStart(exception))) return pass;
  candidate.eventId = hint?.event_id;
  if (shouldSend(candidate)) return pass;
  markSuppressed(candidate);
  return SUPPRESSED;
}

/** The application may throw the error afterwards, or wrap it: that is the same failure. */
function noteDirectCapture(exception: unknown, id: string): void {
  const execution = currentExecution();
  if (execution.kind !== 'process') markReported(execution, exception, id);
}

function check(facts: CandidateFacts, hint: Hint): Checked | undefined {
  return guarded('quota', () => {
    const candidate = new CaptureCandidate(facts);
    candidate.eventId = hint?.event_id;
    return shouldSend(candidate) ? candidate.hint(hint ?? {}) : SUPPRESSED;
  });
}

/** Scopes and functions of the application are not evaluated, because they may have side effects. */
function contextOf(hint: Hint): CaptureContext | undefined {
  const context: unknown = hint?.captureContext;
  if (typeof context !== 'object' || context === null) return undefined;
  return Object.getPrototypeOf(context) === Object.prototype ? context : undefined;
}
