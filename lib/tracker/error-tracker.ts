import { Inject, Injectable, Optional } from '@nestjs/common';
import { addBreadcrumb, getIsolationScope, type SeverityLevel, type User } from '@sentry/nestjs';
import { isActive } from '../client/state.js';
import { applicationOf } from '../context/applications.js';
import { type ApplicationContext, currentExecution } from '../context/execution.js';
import { runIsolated } from '../context/scopes.js';
import { guarded, stats } from '../stats/stats.js';
import { describeDomainError } from '../domains/index.js';
import type { Domain, DomainData, DomainName } from '../options/domain-options.js';
import { parseDuration, type Duration } from '../options/duration.js';
import type { OperationOptions } from '../options/operation-options.js';
import { runOperation } from '../operations/run-operation.js';
import { specify } from '../operations/specification.js';
import { flushCaptured } from './flush.js';
import { trackerMetrics, type TrackerMetrics } from './metrics.js';
import type { CapturePolicy } from '../capture/policy.js';
import { report } from '../capture/report.js';
import type { CaptureContext } from '../capture/capture-context.js';
import { reportMessage } from '../capture/report-message.js';
import { reportSlow } from '../capture/report-slow.js';
import { trackerStatus, type TrackerStatus } from './status.js';

/** Marks the prototype of every copy of the class: the CommonJS and the ES build can meet in one process. */
const BRAND = Symbol.for('nestjs-error-tracker.error-tracker');

type Scope = ReturnType<typeof getIsolationScope>;

/** @internal Injection token of the {@link ApplicationPolicy}. */
export const APPLICATION_POLICY = Symbol.for('nestjs-error-tracker.application-policy');

/** @internal What the `capture` options of the application say of errors of no particular handler. */
export interface ApplicationPolicy {
  readonly general: CapturePolicy;
  readonly context: ApplicationContext;
}

/** What {@link ErrorTracker.reportSlow} is told. */
export interface SlowReport {
  /** How long it took. */
  duration: Duration;
  /** How long it may take. Default: the module's `operations.slowerThan`; without that everything is too slow. */
  threshold?: Duration | undefined;
  /** What else is known, for the context `operation`. */
  data?: object | undefined;
  tags?: CaptureContext['tags'] | undefined;
}

/**
 * Reports failures and notes what led to them. Every method is safe anywhere: before Sentry is started, while it is
 * disabled and outside of requests it does nothing, and it never throws for a reason of its own.
 */
@Injectable()
export class ErrorTracker {
  /** Counters, gauges and distributions. */
  readonly metrics: TrackerMetrics = trackerMetrics;

  // A property, so that no type of the wiring stands in the declarations of the constructor.
  @Optional()
  @Inject(APPLICATION_POLICY)
  private readonly policy?: ApplicationPolicy;

  /** @internal */
  get [BRAND](): true {
    return true;
  }

  /**
   * Holds for the tracker of every copy of this package.
   *
   * @internal
   */
  static [Symbol.hasInstance](value: unknown): boolean {
    // A class that extends this one holds for its own.
    if (this !== ErrorTracker) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  /**
   * Reports an error, unless `capture.ignore` names it. The same failure is reported once in an execution, also when it
   * is thrown on, wrapped, or captured again.
   *
   * @returns the id of its event; undefined where it was not reported
   */
  captureException(error: unknown, context?: CaptureContext): string | undefined {
    if (!isActive()) return undefined;
    if (guarded('capture', () => this.policy?.general.ignores(error, undefined))) {
      stats.capture.ignored++;
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
    return reportMessage(message, context);
  }

  /**
   * Reports an error of a domain: tagged with it, grouped by domain, type and code, its data in the context of the
   * domain's name. In a filter it says what the failure is that the filter answers; that is still one event.
   *
   * @param domain - a built-in one, or what `defineDomain()` has returned
   * @param data - what is known; wins over what is read off the error. Card data is left out
   */
  captureDomainError<D extends DomainName | Domain>(
    domain: D,
    error: unknown,
    data?: DomainData<D>,
  ): string | undefined {
    if (!isActive()) return undefined;
    const name = typeof domain === 'string' ? domain : domain.name;
    return this.captureException(
      error,
      guarded('domain-error', () => describeDomainError(name, error, data)),
    );
  }

  /**
   * Reports a failed payment. What the errors of Stripe, PayPal and Adyen say is read off; card data is left out.
   *
   * @param data - provider, amount, order, …; wins over what is read off the error
   * @returns the id of its event; undefined where it was not reported
   */
  capturePaymentError(error: unknown, data?: DomainData<'payment'>): string | undefined {
    return this.captureDomainError('payment', error, data);
  }

  /**
   * Reports a failed authentication. Method and reason are read off JWT and Passport errors.
   *
   * @param data - action, user, …; wins over what is read off the error
   * @returns the id of its event; undefined where it was not reported
   */
  captureAuthError(error: unknown, data?: DomainData<'auth'>): string | undefined {
    return this.captureDomainError('auth', error, data);
  }

  /**
   * Reports a failure around a subscription, such as a renewal or a change of plan.
   *
   * @param data - subscription, plan, action, status
   * @returns the id of its event; undefined where it was not reported
   */
  captureSubscriptionError(error: unknown, data?: DomainData<'subscription'>): string | undefined {
    return this.captureDomainError('subscription', error, data);
  }

  /**
   * Reports a failed booking or reservation.
   *
   * @param data - booking, resource, action, and from when to when
   * @returns the id of its event; undefined where it was not reported
   */
  captureBookingError(error: unknown, data?: DomainData<'booking'>): string | undefined {
    return this.captureDomainError('booking', error, data);
  }

  /**
   * Reports a failure of an integration with another system, such as a webhook or a synchronisation.
   *
   * @param data - integration, action, id in the other system
   * @returns the id of its event; undefined where it was not reported
   */
  captureIntegrationError(error: unknown, data?: DomainData<'integration'>): string | undefined {
    return this.captureDomainError('integration', error, data);
  }

  /**
   * Reports a failed call of another service. Service, endpoint and status are read off the errors of axios, fetch, got
   * and others.
   *
   * @param data - service, endpoint, status, response time in milliseconds; wins over what is read off the error
   * @returns the id of its event; undefined where it was not reported
   */
  captureExternalApiError(error: unknown, data?: DomainData<'externalApi'>): string | undefined {
    return this.captureDomainError('externalApi', error, data);
  }

  /**
   * Reports a failed database statement. Operation, table and constraint are read off the errors of drivers, TypeORM,
   * Prisma and mongoose: names, never values.
   *
   * @param data - system, operation, table, constraint; wins over what is read off the error
   * @returns the id of its event; undefined where it was not reported
   */
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

  /**
   * Warns of something slow that the application has measured itself, as tracked operations do: `Slow operation`,
   * grouped by `name`. Nothing where it was not slower than it may be.
   *
   * @returns the id of its event; undefined where none was sent
   */
  reportSlow(name: string, { duration, threshold, data, tags }: SlowReport): string | undefined {
    const took = parseDuration(duration);
    const limit =
      parseDuration(threshold) ?? (this.policy?.context ?? applicationOf(currentExecution())).slowerThan ?? 0;
    if (took === undefined || took <= limit) return undefined;
    return guarded('slow-operation', () => reportSlow({ name, duration: took, threshold: limit, data, tags }));
  }

  /** Says who the user of this execution is; wins over the resolver. `null`: nobody is. */
  setUser(user: User | null): void {
    this.onScope('set-user', (scope) => {
      scope.setUser(user);
      currentExecution().userWasSet = true;
    });
  }

  /** Sets one searchable tag on the events of this execution. */
  setTag(key: string, value: string | number | boolean | null | undefined): void {
    this.setTags({ [key]: value });
  }

  /** Sets several searchable tags on the events of this execution, besides those it has. */
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
    const slowerThan = options.slowerThan ?? this.policy?.context.slowerThan;
    return runOperation(specify({ ...options, slowerThan }, 'tracker.track'), [], run);
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
