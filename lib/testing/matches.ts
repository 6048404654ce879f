import type { SeverityLevel } from '@sentry/nestjs';
import * as schema from '../options/schema.js';

/**
 * What an event must have; what is not given may be anything. A text must be equal, or match an expression.
 *
 * @example
 * ```ts
 * import { captureEvents } from 'nestjs-error-tracker/testing';
 *
 * const events = captureEvents();
 * await events.expectOne({ type: 'GatewayError', message: /timed out/, tag: { domain: 'payment' } });
 * ```
 */
export interface EventMatch {
  /** The class of the error: `TypeError`. */
  type?: string | RegExp | undefined;
  /** The message of the error, or the captured message, as it is sent: scrubbed. */
  message?: string | RegExp | undefined;
  /** `POST /orders/:id`, `job mails welcome`, `cron OrdersService.nightly`. */
  transaction?: string | RegExp | undefined;
  level?: SeverityLevel | undefined;
  /** Properties of the user, as they are sent: `email` is a pseudonym by default. */
  user?: object | undefined;
  /** Tags by name. */
  tag?: Record<string, string> | undefined;
  /** The whole fingerprint. */
  fingerprint?: string[] | undefined;
}

/**
 * What a breadcrumb must have; what is not given may be anything.
 *
 * @example
 * ```ts
 * import { captureEvents } from 'nestjs-error-tracker/testing';
 *
 * const events = captureEvents();
 * await events.expectBreadcrumbs({ type: 'GatewayError' }, [{ category: 'cart', message: /complete/ }]);
 * ```
 */
export interface ExpectedBreadcrumb {
  category?: string | RegExp | undefined;
  message?: string | RegExp | undefined;
  /** Properties of its data. */
  data?: object | undefined;
}

/**
 * What a span must have; what is not given may be anything.
 *
 * @example
 * ```ts
 * import { captureEvents } from 'nestjs-error-tracker/testing';
 *
 * const events = captureEvents();
 * await events.expectSpan({ name: 'payments.charge', status: 'internal_error' });
 * ```
 */
export interface SpanMatch {
  name?: string | RegExp | undefined;
  op?: string | RegExp | undefined;
  status?: string | RegExp | undefined;
}

const text = schema.check(
  'a string or a regular expression',
  'use the whole text, or an expression for a part of it',
  (value) => typeof value === 'string' || value instanceof RegExp,
);
const similar: Readonly<Record<string, string>> = { tags: 'tag', error: 'type', name: 'type', userId: 'user' };
const fixOf: schema.FixOf = (key) =>
  similar[key] ? `did you mean ${similar[key]}?` : 'remove it, or correct its name';

const eventShape = schema.shape(
  {
    type: text,
    message: text,
    transaction: text,
    level: schema.oneOf('fatal', 'error', 'warning', 'log', 'info', 'debug'),
    user: schema.object,
    tag: schema.object,
    fingerprint: schema.arrayOf(schema.text, 'strings'),
  },
  fixOf,
);
const spanShape = schema.shape({ name: text, op: text, status: text });
const breadcrumbShape = schema.shape({ category: text, message: text, data: schema.object });

/**
 * @param path - for the message of the error
 * @throws ConfigurationError - for a property that no event has: otherwise, a misspelt one would match every event
 */
export function checkEventMatch(match: EventMatch, path: string): void {
  eventShape(match, path);
}

/** @throws ConfigurationError - as for {@link checkEventMatch} */
export function checkSpanMatch(match: SpanMatch): void {
  spanShape(match, 'expectSpan');
}

/** @throws ConfigurationError - as for {@link checkEventMatch} */
export function checkBreadcrumbs(expected: ExpectedBreadcrumb[]): void {
  schema.list(expected, 'expectBreadcrumbs');
  expected.forEach((each, at) => {
    breadcrumbShape(each, `expectBreadcrumbs[${at}]`);
  });
}
