import { Inject, Injectable, Optional } from '@nestjs/common';
import { addBreadcrumb, getIsolationScope, type SeverityLevel, type User } from '@sentry/nestjs';
import { copyFirstEntries } from '../bounds/index.js';
import { isActive } from '../client/state.js';
import { applicationOf } from '../context/applications.js';
import { type ApplicationContext, currentExecution } from '../context/execution.js';
import { runIsolated } from '../context/scopes.js';
import { guarded, stats } from '../stats/stats.js';
import { shareClass } from '../process-state/class-copies.js';
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

/** Marks the prototype of every copy of the class: the CommonJS and the ES build can be loaded in one process. */
const BRAND = Symbol.for('nestjs-error-tracker.error-tracker');

type Scope = ReturnType<typeof getIsolationScope>;

/** @internal Injection token of the {@link ApplicationPolicy}. */
export const APPLICATION_POLICY = Symbol.for('nestjs-error-tracker.application-policy');

/** @internal The `capture` policy for errors that belong to no handler, and the context of the application. */
export interface ApplicationPolicy {
  readonly general: CapturePolicy;
  readonly context: ApplicationContext;
}

/**
 * Slow work, as passed to {@link ErrorTracker.reportSlow}.
 *
 * @example
 * ```ts
 * tracker.reportSlow('report.render', { duration: 12_000, threshold: '10s', data: { pages: 40 } });
 * ```
 */
export interface SlowReport {
  /** How long the work took. */
  duration: Duration;
  /** How long the work may take. Default: the module's `operations.slowerThan`, or else 0. */
  threshold?: Duration | undefined;
  /** Additional data for the `operation` context. */
  data?: object | undefined;
  tags?: CaptureContext['tags'] | undefined;
}

/**
 * Reports failures and records their context. Every method is safe to call anywhere, including outside of requests, and
 * sends nothing before Sentry is started or while it is disabled. Except for a `ConfigurationError` if an option is
 * invalid, the tracker never throws an error of its own.
 *
 * @example
 * ```ts
 * @Injectable()
 * export class CheckoutService {
 *   constructor(
 *     private readonly tracker: ErrorTracker,
 *     private readonly gateway: PaymentGateway,
 *   ) {}
 *
 *   async pay(order: Order): Promise<Receipt | undefined> {
 *     this.tracker.addBreadcrumb('cart', 'cart is complete', { items: order.items.length });
 *     try {
 *       return await this.gateway.charge(order);
 *     } catch (error) {
 *       this.tracker.capturePaymentError(error, { orderId: order.id });
 *       return undefined; // handled: without the line above, nothing would be reported
 *     }
 *   }
 * }
 * ```
 */
@Injectable()
export class ErrorTracker {
  /** Counters, gauges and distributions. */
  readonly metrics: TrackerMetrics = trackerMetrics;

  // A property, so that the constructor's declaration exposes no internal type.
  @Optional()
  @Inject(APPLICATION_POLICY)
  private readonly policy?: ApplicationPolicy;

  /** @internal */
  get [BRAND](): true {
    return true;
  }

  /**
   * Matches the tracker of every copy of this package.
   *
   * @internal
   */
  static [Symbol.hasInstance](value: unknown): boolean {
    // A subclass matches only its own instances.
    if (this !== ErrorTracker) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  /**
   * Reports an error, unless `capture.ignore` matches it. The same failure is reported once per execution, even if it
   * is rethrown, wrapped, or captured again.
   *
   * @returns the id of the event; undefined if the error was not reported
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
   * Sends a message; default level: `info`.
   *
   * @returns the id of the event; undefined if it was not sent
   */
  captureMessage(message: string, context?: CaptureContext | SeverityLevel): string | undefined {
    return reportMessage(message, context);
  }

  /**
   * Reports an error of a domain. The event is tagged with the domain and grouped by domain, type and code; the data is
   * sent as the context with the name of the domain. In a filter, it describes the failure that the filter handles,
   * which is still reported as one event.
   *
   * @param domain - a built-in domain, or one returned by `defineDomain()`
   * @param data - known details; override those read from the error. Card data is removed
   * @returns the id of the event; undefined if the error was not reported
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
   * Reports a failed payment. Details are read from the errors of Stripe, PayPal and Adyen; card data is removed.
   *
   * @param data - provider, amount, order, …; overrides the details read from the error
   * @returns the id of the event; undefined if the error was not reported
   */
  capturePaymentError(error: unknown, data?: DomainData<'payment'>): string | undefined {
    return this.captureDomainError('payment', error, data);
  }

  /**
   * Reports a failed authentication. Method and reason are read from JWT and Passport errors.
   *
   * @param data - action, user, …; overrides the details read from the error
   * @returns the id of the event; undefined if the error was not reported
   */
  captureAuthError(error: unknown, data?: DomainData<'auth'>): string | undefined {
    return this.captureDomainError('auth', error, data);
  }

  /**
   * Reports a failed change to a subscription, such as a renewal or a change of plan.
   *
   * @param data - subscription, plan, action, status
   * @returns the id of the event; undefined if the error was not reported
   */
  captureSubscriptionError(error: unknown, data?: DomainData<'subscription'>): string | undefined {
    return this.captureDomainError('subscription', error, data);
  }

  /**
   * Reports a failed booking or reservation.
   *
   * @param data - booking, resource, action, start and end
   * @returns the id of the event; undefined if the error was not reported
   */
  captureBookingError(error: unknown, data?: DomainData<'booking'>): string | undefined {
    return this.captureDomainError('booking', error, data);
  }

  /**
   * Reports a failed integration with another system, such as a webhook or a synchronisation.
   *
   * @param data - integration, action, id in the other system
   * @returns the id of the event; undefined if the error was not reported
   */
  captureIntegrationError(error: unknown, data?: DomainData<'integration'>): string | undefined {
    return this.captureDomainError('integration', error, data);
  }

  /**
   * Reports a failed call to another service. Service, endpoint and status are read from the errors of axios, fetch,
   * got and others.
   *
   * @param data - service, endpoint, status, response time in milliseconds; overrides the details read from the error
   * @returns the id of the event; undefined if the error was not reported
   */
  captureExternalApiError(error: unknown, data?: DomainData<'externalApi'>): string | undefined {
    return this.captureDomainError('externalApi', error, data);
  }

  /**
   * Reports a failed database statement. Operation, table and constraint are read from the errors of drivers, TypeORM,
   * Prisma and mongoose: names only, never values.
   *
   * @param data - system, operation, table, constraint; overrides the details read from the error
   * @returns the id of the event; undefined if the error was not reported
   */
  captureDatabaseError(error: unknown, data?: DomainData<'database'>): string | undefined {
    return this.captureDomainError('database', error, data);
  }

  /** Adds a breadcrumb, which is sent with the later events of this execution. */
  addBreadcrumb(category: string, message: string, data?: object, level: SeverityLevel = 'info'): void {
    if (!isActive()) return;
    guarded('breadcrumb', () => {
      addBreadcrumb({ category, message, level, data: data && copyFirstEntries(data) });
    });
  }

  /** Records a business event: adds a `business` breadcrumb and increments the metric `business.<name>`. */
  recordEvent(name: string, data?: object): void {
    this.addBreadcrumb('business', name, data);
    this.metrics.count(`business.${name}`);
  }

  /**
   * Reports slow work that the application has measured itself. Sends the same warning as a tracked operation does
   * (`Slow operation`, grouped by `name`), unless the duration is within the threshold.
   *
   * @returns the id of the event; undefined if none was sent
   */
  reportSlow(name: string, { duration, threshold, data, tags }: SlowReport): string | undefined {
    const took = parseDuration(duration);
    const limit =
      parseDuration(threshold) ?? (this.policy?.context ?? applicationOf(currentExecution())).slowerThan ?? 0;
    if (took === undefined || took <= limit) return undefined;
    return guarded('slow-operation', () => reportSlow({ name, duration: took, threshold: limit, data, tags }));
  }

  /** Sets the user of this execution, or `null` for no user; overrides the user resolver. */
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

  /** Sets several searchable tags on the events of this execution, in addition to its existing tags. */
  setTags(tags: Record<string, string | number | boolean | null | undefined>): void {
    this.onScope('set-tags', (scope) => scope.setTags(tags));
  }

  /** Sets a named context on the events of this execution; `null` removes it. */
  setContext(name: string, data: object | null): void {
    this.onScope('set-context', (scope) => scope.setContext(name, data && copyFirstEntries(data)));
  }

  /**
   * Runs work as a tracked operation, as `@TrackOperation` does. The operation lasts until the returned Promise
   * settles, the Observable ends or the iterator is done.
   *
   * @throws ConfigurationError - if the operation has no name or an option is invalid
   */
  track<T>(operation: string | OperationOptions, run: () => T): T {
    const options = typeof operation === 'string' ? { name: operation } : operation;
    const slowerThan = options.slowerThan ?? this.policy?.context.slowerThan;
    return runOperation(specify({ ...options, slowerThan }, 'tracker.track'), [], run);
  }

  /** Runs work in its own scope: no data of the surrounding execution is visible inside, and vice versa. */
  isolate<T>(run: () => T): T {
    return runIsolated(run);
  }

  /** Returns the state of the tracker and its counters in this process. */
  status(): TrackerStatus {
    return trackerStatus();
  }

  /**
   * Waits until everything that was captured has been sent.
   *
   * @param timeout - default: `shutdownTimeout`
   * @returns false if the time ran out first
   */
  async flush(timeout?: Duration): Promise<boolean> {
    return flushCaptured(parseDuration(timeout));
  }

  private onScope(where: string, change: (scope: Scope) => unknown): void {
    if (!isActive()) return;
    guarded(where, () => change(getIsolationScope()));
  }
}

shareClass('ErrorTracker', ErrorTracker);
