import type { ArgumentsHost } from '@nestjs/common';
import { getIsolationScope, withIsolationScope, type NodeClient, type Scope } from '@sentry/nestjs';
import { AsyncLocalStorage } from 'node:async_hooks';
import { currentExecution, type Execution, type Handler } from '../context/execution.js';
import { runExecution, type ExecutionFacts } from '../context/run-execution.js';
import { processWide } from '../process-state/process-wide.js';
import { countFault, guarded } from '../stats/stats.js';
import {
  isOwnCheckIn,
  runMonitored,
  tellOfCheckIn,
  type CheckIn,
  type Monitor,
  type OwnCheckIns,
} from './check-ins.js';
import { passOn } from './dedupe.js';
import type { PolicyOf } from './policy.js';
import { reportUnlessExpected } from './report-failure.js';

/** Describes one run of a scheduled job, one event for one handler, one attempt at a job of a queue. */
export interface BackgroundWork extends ExecutionFacts {
  transport: 'schedule' | 'event' | 'queue';
  /** Sentry's mechanism type: the one that the SDK's own instrumentation sets, because users filter by it. */
  mechanism: string;
  handler?: Handler;
  policyOf: PolicyOf;
  host?: ArgumentsHost;
  /** Whether a failure is rethrown to the emitter of the event. */
  rethrown?: boolean;
  /** The monitor that its check-ins are sent to. */
  monitor?: Monitor;
  /** Decides what becomes of a failure; default: it is reported, and final. */
  onFailure?: (error: unknown, end: EndFailure) => void;
}

/** What becomes of a failure of background work. It may be called again, once more is known. */
export type EndFailure = (outcome: FailureOutcome) => void;
export interface FailureOutcome {
  readonly isReported: boolean;
  /** Whether the work has failed for good; otherwise it is tried again. */
  readonly isFinal: boolean;
}

/** The mechanism of `Sentry.cron.instrumentCron`. */
const INSTRUMENTED_CRON = 'auto.function.cron.instrumentCron';

/** One run and its failure. */
class Run {
  private failure?: { error: unknown };
  private monitored?: Scope;
  private readonly ownCheckIns: OwnCheckIns = { hasAny: false };
  constructor(
    private readonly work: BackgroundWork,
    private readonly execution: Execution,
    /** The execution of the emitter. */
    private readonly parent: Execution,
  ) {}

  owns(mechanism: string | undefined): boolean {
    if (mechanism === this.work.mechanism) return true;
    return this.work.transport === 'schedule' && mechanism === INSTRUMENTED_CRON;
  }

  start<T>(work: () => T | PromiseLike<T>): Promise<T> {
    const { monitor, application } = this.work;
    const run = () => reportFailureOf(work);
    return monitor ? runMonitored(monitor, application, this.ownCheckIns, run) : run();
  }

  /** `@SentryCron` runs the handler in a scope of its own: what the handler has set is there. */
  checksIn({ monitorSlug, status }: CheckIn, checkInId: string, scope: Scope): void {
    this.ownCheckIns.hasAny = true;
    this.ownCheckIns.open = status === 'in_progress' ? { monitorSlug, checkInId } : undefined;
    if (status === 'error') this.monitored = scope;
  }

  /** Called twice for one failure if the SDK's own instrumentation captures it first. */
  failed(error: unknown): void {
    if (this.failure && this.failure.error === error) return;
    this.failure = { error };
    guarded('background-work', () => {
      const { onFailure } = this.work;
      const end: EndFailure = (outcome) => {
        if (this.monitored) {
          withIsolationScope(this.monitored, () => {
            this.end(error, outcome);
          });
        } else this.end(error, outcome);
      };
      if (onFailure) onFailure(error, end);
      else end({ isReported: true, isFinal: true });
    });
  }

  private end(error: unknown, { isReported, isFinal }: FailureOutcome): void {
    const { policyOf, handler, host, transport, mechanism, rethrown, job } = this.work;
    const isFinalOfJob = job !== undefined && isFinal;
    if (!isReported && !isFinalOfJob) return;
    const answer = { rethrown };
    reportUnlessExpected({ error, answer, policyOf, handler, host, transport, mechanism, isFinalOfJob, isReported });
    if (!isReported) return;
    // The parent already knows objects; equal values from two handlers are two failures.
    if (rethrown) passOn(error, this.execution, this.parent);
  }
}

const runs = processWide('background-runs', () => new AsyncLocalStorage<Run>());

/**
 * Runs background work as an execution and reports its failure once. The work starts before this returns; its result or
 * its error is passed on unchanged.
 */
export function runBackgroundWork<T>(work: BackgroundWork, start: () => T | PromiseLike<T>): Promise<T> {
  const parent = currentExecution();
  let started = false as boolean;
  try {
    // Wrapped in an object, because an Observable that a handler returns is a plain value here.
    const result = runExecution(work, () => {
      started = true;
      const run = new Run(work, currentExecution(), parent);
      return runs.run(run, async () => ({ value: await run.start(start) }));
    });
    return result.then(({ value }) => value);
  } catch (error) {
    if (started) throw error;
    countFault('background-work');
    return (async () => await start())();
  }
}

/** Whether the running code belongs to background work. */
export function isInBackgroundWork(): boolean {
  return runs.getStore() !== undefined;
}

/** Runs a part of the current background work and reports its failure, even if the surrounding code handles it. */
export async function reportFailureOf<T>(part: () => T | PromiseLike<T>): Promise<T> {
  try {
    return await part();
  } catch (error) {
    runs.getStore()?.failed(error);
    throw error;
  }
}

/** Sees the check-ins that a run sends itself, while the scope of its work is active. */
export function followCheckIns(client: NodeClient): void {
  const captureCheckIn = client.captureCheckIn.bind(client);
  client.captureCheckIn = (checkIn, ...rest) => {
    const id = captureCheckIn(checkIn, ...rest);
    tellOfCheckIn(checkIn, rest[0]);
    guarded('background-work', () => {
      if (!isOwnCheckIn(checkIn)) runs.getStore()?.checksIn(checkIn, id, getIsolationScope());
    });
    return id;
  };
}

/**
 * If the SDK's own instrumentation of jobs and events is active, it captures a failure as soon as the handler fails,
 * with the data that the handler has set. The failure is then reported at that point, by the rules of this library.
 *
 * @returns whether the SDK should skip its own capture
 */
export function takeOverSdkCapture(error: unknown, mechanism: string | undefined): boolean {
  const run = runs.getStore();
  if (!run?.owns(mechanism)) return false;
  run.failed(error);
  return true;
}
