import { captureCheckIn, getCurrentScope, withScope, type Scope } from '@sentry/nestjs';
import type { ApplicationContext } from '../context/execution.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';

export type CheckIn = Parameters<typeof captureCheckIn>[0];

/** A cron monitor of Sentry. */
export interface Monitor {
  readonly slug: string;
  /** Creates the monitor in Sentry, or updates it. */
  readonly config: NonNullable<Parameters<typeof captureCheckIn>[1]>;
}

/** The check-ins that a run sends itself, for example by `@SentryCron`: it has no others. */
export interface OwnCheckIns {
  hasAny: boolean;
  /** The one that says that it runs, until another one says how it has ended. */
  open?: { readonly monitorSlug: string; readonly checkInId: string };
}

type CheckInObserver = (checkIn: CheckIn, config?: Monitor['config']) => void;

/** Runs that never end, each of a schedule that starts another one, are not followed beyond this number. */
const MOST_RUNS = 1_000;
const state = processWide('check-ins', () => ({
  own: new WeakSet<CheckIn>(),
  running: new Set<MonitoredRun>(),
  observers: new Set<CheckInObserver>(),
}));

/**
 * Observes the check-ins of this library, of the SDK and of the application.
 *
 * @returns ends it
 */
export function observeCheckIns(observer: CheckInObserver): () => void {
  state.observers.add(observer);
  return () => state.observers.delete(observer);
}

/** Called for each check-in that is captured. */
export function tellOfCheckIn(...checkIn: Parameters<CheckInObserver>): void {
  for (const observer of state.observers) {
    guarded('alerts', () => {
      observer(...checkIn);
    });
  }
}

/** Whether this library captured a check-in, rather than the application or the SDK. */
export function isOwnCheckIn(checkIn: CheckIn): boolean {
  return state.own.has(checkIn);
}

/** One run of a monitored job; its check-ins share one id. */
class MonitoredRun {
  private readonly scope: Scope = getCurrentScope();
  private readonly startedAt = performance.now();
  private id?: string;
  private hasEnded = false;

  constructor(
    private readonly monitor: Monitor,
    readonly application: ApplicationContext | undefined,
    private readonly own: OwnCheckIns,
  ) {
    if (state.running.size < MOST_RUNS) state.running.add(this);
  }

  begin(): void {
    if (this.hasEnded || this.own.hasAny) return;
    const { slug: monitorSlug, config } = this.monitor;
    this.id = this.capture({ monitorSlug, status: 'in_progress' }, config);
  }

  end(status: 'ok' | 'error'): void {
    state.running.delete(this);
    if (this.hasEnded) return;
    this.hasEnded = true;
    const { slug: monitorSlug, config } = this.monitor;
    const duration = (performance.now() - this.startedAt) / 1_000;
    if (this.id) this.capture({ monitorSlug, status, checkInId: this.id, duration });
    // The process ends before the method has returned for the first time.
    else if (!this.own.hasAny) this.capture({ monitorSlug, status, duration }, config);
  }

  /** The end of the process interrupts it. */
  interrupt(): void {
    const { open } = this.own;
    if (open && !this.hasEnded) this.capture({ ...open, status: 'error' });
    this.end('error');
  }

  private capture(checkIn: CheckIn, config?: Monitor['config']): string {
    state.own.add(checkIn);
    return withScope(this.scope, () => captureCheckIn(checkIn, config));
  }
}

/**
 * Runs a job and sends the check-ins of its monitor: `in_progress` once `start` has returned, so that check-ins which
 * the job sends itself are known by then, and `ok` or `error` when the job ends.
 *
 * @param own - the check-ins that the job sends itself
 */
export async function runMonitored<T>(
  monitor: Monitor,
  application: ApplicationContext | undefined,
  own: OwnCheckIns,
  start: () => Promise<T>,
): Promise<T> {
  const run = guarded('check-ins', () => new MonitoredRun(monitor, application, own));
  const step = (send: () => void) => {
    guarded('check-ins', send);
  };
  const result = start();
  step(() => run?.begin());
  try {
    const value = await result;
    step(() => run?.end('ok'));
    return value;
  } catch (error) {
    step(() => run?.end('error'));
    throw error;
  }
}

/**
 * Ends the runs that the end of their process interrupts.
 *
 * @param application - only the runs of this application; default: all
 */
export function interruptRuns(application?: ApplicationContext): void {
  for (const run of [...state.running]) {
    if (application && run.application !== application) continue;
    guarded('check-ins', () => {
      run.interrupt();
    });
  }
}
