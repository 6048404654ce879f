import type { Event } from '@sentry/nestjs';
import type { ApplicationContext } from '../context/execution.js';
import { arrivals } from './arrivals.js';
import type { EventMatch, ExpectedBreadcrumb, SpanMatch } from './matches.js';
import { checkEventMatch, checkSpanMatch, checkBreadcrumbs } from './matches.js';
import { CallSite } from './call-site.js';
import { missingBreadcrumbs } from './describe-breadcrumbs.js';

import {
  describeMissingEvent,
  describeMissingSpan,
  describeUnexpected,
  matchingEvents,
  matchingSpans,
} from './describe.js';
import { settle } from './settle.js';
import type { TestSpan } from './test-span.js';

/**
 * What would have been sent to Sentry, scrubbed as in production. Every promise waits until nothing more is on its way.
 * Returned by {@link captureEvents} for all applications of a test file; `app.get(CapturedEvents)` returns the events of
 * one application with {@link SentryTestingModule}.
 *
 * @example
 * ```ts
 * import { captureEvents } from 'nestjs-error-tracker/testing';
 *
 * const events = captureEvents();
 *
 * test('an order that does not exist is not reported', async () => {
 *   await app.get(PaymentsService).refund('42');
 *   await events.expectNone();
 *   await events.expectSpan({ name: 'payments.refund' });
 * });
 * ```
 */
export abstract class CapturedEvents {
  /** The errors and messages, oldest first. */
  abstract all(): Promise<Event[]>;

  /** The spans of requests, messages, jobs, handlers and tracked operations, in the order in which they began. */
  abstract spans(): Promise<TestSpan[]>;

  /** Forgets everything that was captured until now, including what is still on its way. */
  abstract clear(): void;

  /**
   * Expects exactly one event that matches.
   *
   * @param match - default: any event
   * @returns the event; rejects with the differences, closest event first, if none or several match
   */
  abstract expectOne(match?: EventMatch): Promise<Event>;

  /**
   * Expects that no event matches.
   *
   * @param match - default: any event
   */
  abstract expectNone(match?: EventMatch): Promise<void>;

  /**
   * Expects breadcrumbs on the one event that matches, in this order; there may be others between them.
   *
   * @param expected - of each breadcrumb, what is given must match; of `data`, what it names
   */
  abstract expectBreadcrumbs(match: EventMatch, expected: ExpectedBreadcrumb[]): Promise<void>;

  /**
   * Expects at least one span that matches.
   *
   * @returns the first one; rejects with the differences, closest span first, if there is none
   */
  abstract expectSpan(match: SpanMatch): Promise<TestSpan>;
}

/** The events of all applications, or of one of them and of none. */
export class ArrivedEvents extends CapturedEvents {
  private since = 0;

  /** @param application - undefined for all of them */
  constructor(private readonly application: () => ApplicationContext | undefined = () => undefined) {
    super();
  }

  async all(): Promise<Event[]> {
    return (await this.settled()).events;
  }

  async spans(): Promise<TestSpan[]> {
    await settle();
    return arrivals.spansSince(this.since, this.application());
  }

  clear(): void {
    this.since = arrivals.order;
  }

  async expectOne(match: EventMatch = {}): Promise<Event> {
    const site = new CallSite();
    return this.one(match, site);
  }

  async expectNone(match: EventMatch = {}): Promise<void> {
    const site = new CallSite();
    checkEventMatch(match, 'expectNone');
    const { events } = await this.settled();
    const found = matchingEvents(events, match);
    if (found.length > 0) site.fail(describeUnexpected('no event', match, found));
  }

  async expectBreadcrumbs(match: EventMatch, expected: ExpectedBreadcrumb[]): Promise<void> {
    const site = new CallSite();
    checkBreadcrumbs(expected);
    const event = await this.one(match, site);
    const difference = missingBreadcrumbs(event, expected);
    if (difference) site.fail(difference);
  }

  async expectSpan(match: SpanMatch): Promise<TestSpan> {
    const site = new CallSite();
    checkSpanMatch(match);
    const unended = await settle();
    const spans = arrivals.spansSince(this.since, this.application());
    const [first] = matchingSpans(spans, match);
    return first ?? site.fail(describeMissingSpan(match, spans, unended));
  }

  private async one(match: EventMatch, site: CallSite): Promise<Event> {
    checkEventMatch(match, 'expectOne');
    const { events, unended } = await this.settled();
    const found = matchingEvents(events, match);
    const [event] = found;
    if (!event) return site.fail(describeMissingEvent(match, events, unended));
    return found.length === 1 ? event : site.fail(describeUnexpected('one event', match, found));
  }

  private async settled(): Promise<{ events: Event[]; unended: string[] }> {
    const unended = await settle();
    return { events: arrivals.eventsSince(this.since, this.application()), unended };
  }
}
