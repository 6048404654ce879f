import { clearTimeout, setTimeout } from 'node:timers';
import { getIsolationScope } from '@sentry/nestjs';
import { groupKey, type Grouping, type GroupingEvent } from '../../grouping/index.js';
import { guarded, stats } from '../../stats/stats.js';
import { processWide } from '../../process-state/process-wide.js';
import { isSampled, type ErrorSampler, type Throttle, type ThrottleSummary } from '../../sampling/index.js';
import type { CaptureCandidate } from '../capture-candidate.js';
import { hasObservers, tellObservers, tellOfFailedJob } from '../failure-observers.js';
import { sendSummary, type Example } from './summary.js';
import { eventContextOf, type EventContext } from './event-context.js';

/** The group of an event, and the fingerprint that it is made from, if any. */
interface Group {
  readonly key: string;
  readonly fingerprint: string[] | undefined;
}

export interface QuotaRules {
  /** Rate for all errors and messages. */
  sampleRate: number;
  rateOf: ErrorSampler;
  group: Grouping;
  throttle: Throttle;
}

const state = processWide<{ quota?: Quota }>('quota', () => ({}));

/** Whether to build an event. If not, the candidate is only counted. */
export function shouldSend(candidate: CaptureCandidate): boolean {
  return guarded('quota', () => state.quota?.shouldSend(candidate)) ?? true;
}

/** Tells alerts of a job that has failed for good. */
export function observeFailedJob(candidate: CaptureCandidate): void {
  guarded('quota', () => {
    state.quota?.observeFailedJob(candidate);
  });
}

/** Sends the summaries of the events suppressed so far, without waiting for the window to close. */
export function sendSummaries(): void {
  guarded('quota', () => state.quota?.drain());
}

/** Gives the quota a clock, and a way to run code outside of every request. */
export interface QuotaHost {
  /** Milliseconds. */
  now(): number;
  inProcess(run: () => void): void;
}

export function setQuota(rules: QuotaRules, host: QuotaHost): void {
  const { quota } = state;
  state.quota = new Quota(rules, host);
  guarded('quota', () => quota?.drain());
}

/** Decides before an event is built: sampling first, so that the budget is spent only on events that are sent. */
class Quota {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly rules: QuotaRules,
    private readonly host: QuotaHost,
  ) {}

  shouldSend(candidate: CaptureCandidate): boolean {
    const { sampleRate, rateOf, throttle } = this.rules;
    const { error, handled, fatal } = candidate.facts;
    const context = eventContextOf(candidate);
    let known: Group | undefined;
    const group = () => (known ??= this.groupOf(candidate, context));
    if (hasObservers()) tellObservers({ candidate, context, group: () => group().key });
    const facts = { error, level: context.level, unhandled: !handled };
    const critical = context.tags.critical === 'true'; // an error of a critical domain
    if (!critical && (!isSampled(sampleRate) || !isSampled(rateOf(facts)))) {
      stats.capture.sampledOut++;
      noteFailedSession(handled);
      return false;
    }
    if (fatal) return true;
    const { key, fingerprint } = group();
    const { transaction, handler } = context;
    const taken = throttle.take(key, this.host.now(), (first) => ({
      user: context.user(),
      route: transaction ?? handler,
      example: first ? exampleOf(candidate, context, fingerprint) : undefined,
    }));
    if (taken) return true;
    stats.capture.throttled++;
    noteFailedSession(handled);
    this.waitForWindow();
    return false;
  }

  observeFailedJob(candidate: CaptureCandidate): void {
    const context = eventContextOf(candidate);
    tellOfFailedJob({ candidate, context, group: () => this.groupOf(candidate, context).key });
  }

  private groupOf({ facts }: CaptureCandidate, { transaction, handler, operation, fingerprint }: EventContext): Group {
    const { error, isMessage, event } = facts;
    const thrown = event?.exception?.values?.at(-1);
    const grouped: GroupingEvent = {
      message: isMessage ? String(error) : event?.message,
      exceptionType: thrown?.type,
      exceptionValue: thrown?.value,
      transaction,
      handler,
      operation,
      existing: fingerprint,
    };
    const found = this.rules.group({ error, event: grouped });
    return { fingerprint: found, key: groupKey(found, error, grouped) };
  }

  drain(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.send(this.rules.throttle.drain());
  }

  private send(summaries: ThrottleSummary[]): void {
    if (summaries.length === 0) return;
    this.host.inProcess(() => {
      summaries.forEach(sendSummary);
    });
  }

  private waitForWindow(): void {
    if (this.timer) return;
    const { host, rules } = this;
    const now = host.now();
    const deadline = rules.throttle.nextDeadline(now);
    if (deadline === undefined) return;
    host.inProcess(() => {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        guarded('quota', () => {
          this.send(rules.throttle.summaries(host.now()));
          this.waitForWindow();
        });
      }, deadline - now).unref();
    });
  }
}

function exampleOf(
  { facts: { error, isMessage, event, stackHolder } }: CaptureCandidate,
  { transaction, tags, level }: ReturnType<typeof eventContextOf>,
  fingerprint: string[] | undefined,
): Example {
  const stack = isMessage ? (stackHolder ?? new Error(String(error))) : undefined;
  return { error, isMessage, event, transaction, tags, level, fingerprint, stackHolder: stack };
}

/** Release health counts sessions with an error, sent or not. */
function noteFailedSession(handled: boolean): void {
  const { requestSession } = getIsolationScope().getScopeData().sdkProcessingMetadata as {
    requestSession?: { status: string };
  };
  if (requestSession && requestSession.status !== 'crashed') requestSession.status = handled ? 'errored' : 'crashed';
}
