import { Inject, Injectable, Optional } from '@nestjs/common';
import { addBreadcrumb, captureMessage, getIsolationScope, type SeverityLevel, type User } from '@sentry/nestjs';
import { isActive } from '../client/state.js';
import { currentExecution } from '../context/execution.js';
import { runIsolated } from '../context/scopes.js';
import { guarded, ledger } from '../ledger/ledger.js';
import { parseDuration, type Duration } from '../options/duration.js';
import type { OperationOptions } from '../options/operation-options.js';
import { runOperation } from '../operations/run-operation.js';
import { specify } from '../operations/specification.js';
import { domainContext, type DomainData, type DomainName } from './domains.js';
import { flushCaptured } from './flush.js';
import { trackerMetrics, type TrackerMetrics } from './metrics.js';
import type { CapturePolicy } from './policy.js';
import { judged } from './quota/occurrence.js';
import { admits } from './quota/quota.js';
import { report, type CaptureContext } from './report.js';
import { trackerStatus, type TrackerStatus } from './tracker-status.js';

type Scope = ReturnType<typeof getIsolationScope>;

/** @internal Injection token of the {@link ApplicationPolicy}. */
export const APPLICATION_POLICY = Symbol.for('nestjs-error-tracker.application-policy');

/** @internal What the `capture` options of the application say of errors of no particular handler. */
export interface ApplicationPolicy {
  readonly general: CapturePolicy;
}

/**
 * Reports failures and notes what led to them. Every method is safe anywhere: before Sentry is started, while it is
 * disabled and outside of requests it does nothing, and it never throws for a reason of its own.
 */
@Injectable()
export class ErrorTracker {
  /** Counters, gauges and distributions. */
  readonly metrics: TrackerMetrics = trackerMetrics;

  /** @param policy - what the application has said it does not want reported; given by `SentryModule` */
  constructor(@Optional() @Inject(APPLICATION_POLICY) private readonly policy?: ApplicationPolicy) {}

  /**
   * Reports an error, unless `capture.ignore` names it. The same failure is reported once in an execution, also when it
   * is thrown on, wrapped, or captured again.
   *
   * @returns the id of its event; undefined where it was not reported
   */
  captureException(error: unknown, context?: CaptureContext): string | undefined {
    if (!isActive()) return undefined;
    if (guarded('capture', () => this.policy?.general.ignores(error, undefined))) {
      ledger.capture.ignored++;
      return undefined;
    }
    return report(error, { type: 'generic', handled: true }, context);
  }

  /**
   * Sends a message, of level `info` where nothing else is said.
   *
   * @returns the id of its event; undefined where it was not sent
   */
  captureMessage(message: string, context?: CaptureContext | SeverityLevel): string | undefined {
    if (!isActive()) return undefined;
    const given = typeof context === 'string' ? { level: context } : context;
    if (!admits({ error: message, isMessage: true, context: given, handled: true })) return undefined;
    const id = guarded('capture', () => captureMessage(message, judged(given) as never));
    if (id !== undefined) ledger.capture.reported++;
    return id;
  }

  /**
   * Reports an error of a domain: tagged with it, grouped by domain, type and code, its data in the context of the
   * domain's name.
   */
  captureDomainError<D extends DomainName>(domain: D, error: unknown, data?: DomainData<D>): string | undefined {
    return this.captureException(
      error,
      guarded('domain-error', () => domainContext(domain, error, { ...data })),
    );
  }

  capturePaymentError(error: unknown, data?: DomainData<'payment'>): string | undefined {
    return this.captureDomainError('payment', error, data);
  }

  captureAuthError(error: unknown, data?: DomainData<'auth'>): string | undefined {
    return this.captureDomainError('auth', error, data);
  }

  captureSubscriptionError(error: unknown, data?: DomainData<'subscription'>): string | undefined {
    return this.captureDomainError('subscription', error, data);
  }

  captureBookingError(error: unknown, data?: DomainData<'booking'>): string | undefined {
    return this.captureDomainError('booking', error, data);
  }

  captureIntegrationError(error: unknown, data?: DomainData<'integration'>): string | undefined {
    return this.captureDomainError('integration', error, data);
  }

  captureExternalApiError(error: unknown, data?: DomainData<'externalApi'>): string | undefined {
    return this.captureDomainError('externalApi', error, data);
  }

  captureDatabaseError(error: unknown, data?: DomainData<'database'>): string | undefined {
    return this.captureDomainError('database', error, data);
  }

  /** Notes a step on the way to a possible error. */
  addBreadcrumb(category: string, message: string, data?: object, level: SeverityLevel = 'info'): void {
    if (!isActive()) return;
    guarded('breadcrumb', () => {
      addBreadcrumb({ category, message, level, data: data && { ...data } });
    });
  }

  /** Notes a business event: a breadcrumb of the category `business`, and one more of the metric `business.<name>`. */
  recordEvent(name: string, data?: object): void {
    this.addBreadcrumb('business', name, data);
    this.metrics.count(`business.${name}`);
  }

  /** Says who the user of this execution is; wins over the resolver. `null`: nobody is. */
  setUser(user: User | null): void {
    this.onScope('set-user', (scope) => {
      scope.setUser(user);
      currentExecution().userWasSet = true;
    });
  }

  setTag(key: string, value: string | number | boolean | null | undefined): void {
    this.setTags({ [key]: value });
  }

  setTags(tags: Record<string, string | number | boolean | null | undefined>): void {
    this.onScope('set-tags', (scope) => scope.setTags(tags));
  }

  /** Adds a block of facts to the events of this execution; `null` takes it away. */
  setContext(name: string, data: object | null): void {
    this.onScope('set-context', (scope) => scope.setContext(name, data && { ...data }));
  }

  /**
   * Runs work as a tracked operation, as `@TrackOperation` does: until its Promise settles, its Observable ends or its
   * iterator is done.
   *
   * @throws ConfigurationError - where the operation has no name or an option cannot be used
   */
  track<T>(operation: string | OperationOptions, run: () => T): T {
    const options = typeof operation === 'string' ? { name: operation } : operation;
    return runOperation(specify(options, 'tracker.track'), [], run);
  }

  /** Runs work with a scope of its own: nothing of the surrounding execution in, nothing out. */
  isolate<T>(run: () => T): T {
    return runIsolated(run);
  }

  /** What is counted in this process, and how the tracker is doing. */
  status(): TrackerStatus {
    return trackerStatus();
  }

  /**
   * Waits until everything that was captured has left.
   *
   * @param timeout - default the `shutdownTimeout`
   * @returns false where something was still waiting when the time was up
   */
  async flush(timeout?: Duration): Promise<boolean> {
    return flushCaptured(parseDuration(timeout));
  }

  private onScope(where: string, change: (scope: Scope) => unknown): void {
    if (!isActive()) return;
    guarded(where, () => change(getIsolationScope()));
  }
}
