import type { Duration } from './duration.js';
import type { StatusKey } from './status-key.js';

/**
 * How urgent an alert is; PagerDuty has the same names.
 *
 * @example
 * ```ts
 * import { type AlertSeverity, errorCount } from 'nestjs-error-tracker/alerts';
 *
 * const severity: AlertSeverity = process.env.NODE_ENV === 'production' ? 'critical' : 'info';
 * errorCount({ above: 10, within: '5m', severity });
 * ```
 */
export type AlertSeverity = 'info' | 'warning' | 'error' | 'critical';

/**
 * A text in which `*` stands for any characters, an expression, or several of them of which one must match.
 *
 * @example
 * ```ts
 * import { slow } from 'nestjs-error-tracker/alerts';
 *
 * slow({ above: '1s', share: 0.5, within: '5m', route: ['POST /payments', 'GET /orders/*', /^query /] });
 * ```
 */
export type Match = string | RegExp | (string | RegExp)[];

/**
 * What a failure must be for a rule to count it. All given conditions must hold.
 *
 * @example
 * ```ts
 * import { newError } from 'nestjs-error-tracker/alerts';
 *
 * newError({ where: { environment: 'production', type: ['TypeError', /^Payment/], tags: { tenant: 'acme' } } });
 * ```
 */
export interface AlertFilter {
  /** By the name of a tag; a failure without the tag does not match. */
  tags?: Record<string, Match> | undefined;
  /** The domain of a domain error: `payment`, `auth`, … */
  domain?: Match | undefined;
  /** The name of the error: `TypeError`. */
  type?: Match | undefined;
  /** The message of the error; its first 10,000 characters are compared. */
  message?: Match | undefined;
  /**
   * The route of a request, or the name of a message or a job, as in `sampling.traces`: `/orders/*`, `POST /payments`,
   * `rpc orders.*`, `job mail *`.
   */
  route?: Match | undefined;
  /** The environment that the application runs in. */
  environment?: Match | undefined;
  /** The level of the event: `fatal`, `error`, `warning`, … */
  level?: Match | undefined;
}

/**
 * A step that is taken while nobody has acknowledged an alert.
 *
 * @example
 * ```ts
 * import { errorRate } from 'nestjs-error-tracker/alerts';
 *
 * errorRate({ above: 0.05, within: '5m', escalate: [{ after: '5m', notify: ['pager'] }] });
 * ```
 */
export interface AlertEscalation {
  /** After the alert has fired. */
  after: Duration;
  /** Names of channels. */
  notify: string[];
}

/**
 * What all rules have.
 *
 * @example
 * ```ts
 * import { errorCount } from 'nestjs-error-tracker/alerts';
 *
 * errorCount({ above: 100, within: '1m', name: 'flood', severity: 'critical', cooldown: '1h', recovery: false });
 * ```
 */
export interface RuleCommon {
  /** Unique among the rules. Default: the name of the builder in kebab case, such as `error-rate`. */
  name?: string | undefined;
  /**
   * Which failures count; of rules about requests and jobs, `route` and `environment` also decide which of them count.
   * `slow()` has only these two, `missedCron()` only `environment`.
   */
  where?: AlertFilter | undefined;
  /** Names of channels. Default: all. */
  notify?: string[] | undefined;
  /** Default: `error`. */
  severity?: AlertSeverity | undefined;
  /** How long nothing more is said after an alert has fired; after it, a reminder if it still holds. Default: `15m`. */
  cooldown?: Duration | undefined;
  /** Who else is notified if nobody acknowledges the alert and it does not recover. Default: nobody. */
  escalate?: AlertEscalation[] | undefined;
  /** Whether a message is sent when it is over. Default: true. */
  recovery?: boolean | undefined;
}

/**
 * More than a share of requests, messages and jobs fails.
 *
 * @example
 * ```ts
 * import { errorRate } from 'nestjs-error-tracker/alerts';
 *
 * errorRate({ above: 0.05, within: '5m', minRequests: 50 });
 * ```
 */
export interface ErrorRateOptions extends RuleCommon {
  /** Share of failed ones, from 0 to 1: 0.05 is five percent. */
  above: number;
  /** From `1s` to `24h`. */
  within: Duration;
  /** Fewer than this many in the window do not count. Default: 20. */
  minRequests?: number | undefined;
}

/**
 * More than a number of failures.
 *
 * @example
 * ```ts
 * import { errorCount } from 'nestjs-error-tracker/alerts';
 *
 * errorCount({ above: 100, within: '1m' });
 * ```
 */
export interface ErrorCountOptions extends RuleCommon {
  above: number;
  /** From `1s` to `24h`. */
  within: Duration;
}

/**
 * A number of requests in a row failed.
 *
 * @example
 * ```ts
 * import { consecutiveFailures } from 'nestjs-error-tracker/alerts';
 *
 * consecutiveFailures({ count: 10, status: 503 });
 * ```
 */
export interface ConsecutiveFailuresOptions extends RuleCommon {
  count: number;
  /** The status of a failed request. Default: `5xx`, which also counts failed GraphQL operations and messages. */
  status?: StatusKey | undefined;
}

/**
 * A problem that was never seen before. It fires once for each group of errors: cooldown, escalation and recovery have no meaning.
 *
 * @example
 * ```ts
 * import { newError } from 'nestjs-error-tracker/alerts';
 *
 * newError({ where: { domain: 'payment' } });
 * ```
 */
export type NewErrorOptions = RuleCommon;

/**
 * A problem is back. It fires once each time: cooldown, escalation and recovery have no meaning.
 *
 * @example
 * ```ts
 * import { regression } from 'nestjs-error-tracker/alerts';
 *
 * regression({ quiet: '14d' });
 * ```
 */
export interface RegressionOptions extends RuleCommon {
  /** How long it must not have been seen. Default: `7d`. */
  quiet?: Duration | undefined;
}

/**
 * More than a share of requests, messages and jobs is slow.
 *
 * @example
 * ```ts
 * import { slow } from 'nestjs-error-tracker/alerts';
 *
 * slow({ above: '2s', share: 0.1, within: '10m', route: 'POST /payments' });
 * ```
 */
export interface SlowOptions extends RuleCommon {
  /** A duration that is longer than this is slow. */
  above: Duration;
  /** Share of slow ones, from 0 to 1. */
  share: number;
  /** From `1s` to `24h`. */
  within: Duration;
  /** Fewer than this many in the window do not count. Default: 20. */
  minRequests?: number | undefined;
  /** As `where.route`. */
  route?: Match | undefined;
}

/**
 * Jobs of a queue, or scheduled jobs, failed for good.
 *
 * @example
 * ```ts
 * import { jobFailed } from 'nestjs-error-tracker/alerts';
 *
 * jobFailed({ queue: 'invoices', above: 3, within: '1h' });
 * ```
 */
export interface JobFailedOptions extends RuleCommon {
  /** Name of the queue. Default: all queues, and scheduled jobs. */
  queue?: Match | undefined;
  /** Name of the job. Default: all. */
  job?: Match | undefined;
  /** Default: 0, which fires at the first one. */
  above?: number | undefined;
  /** From `1s` to `24h`. Default: `5m`. */
  within?: Duration | undefined;
}

/**
 * A scheduled job that has a cron monitor did not run when it should have.
 *
 * @example
 * ```ts
 * import { missedCron } from 'nestjs-error-tracker/alerts';
 *
 * missedCron({ monitor: 'nightly-reports' });
 * ```
 */
export interface MissedCronOptions extends RuleCommon {
  /** Slug of the monitor. Default: all monitors. */
  monitor?: Match | undefined;
}

/**
 * A rule, made by a builder such as `errorRate()`.
 *
 * @example
 * ```ts
 * import { type AlertRule, jobFailed, newError } from 'nestjs-error-tracker/alerts';
 *
 * export const rules: AlertRule[] = [newError(), jobFailed({ queue: 'invoices' })];
 * ```
 */
export type AlertRule =
  | ({ readonly kind: 'errorRate'; name: string } & ErrorRateOptions)
  | ({ readonly kind: 'errorCount'; name: string } & ErrorCountOptions)
  | ({ readonly kind: 'consecutiveFailures'; name: string } & ConsecutiveFailuresOptions)
  | ({ readonly kind: 'newError'; name: string } & NewErrorOptions)
  | ({ readonly kind: 'regression'; name: string } & RegressionOptions)
  | ({ readonly kind: 'slow'; name: string } & SlowOptions)
  | ({ readonly kind: 'jobFailed'; name: string } & JobFailedOptions)
  | ({ readonly kind: 'missedCron'; name: string } & MissedCronOptions);

/**
 * What a notification says: the stage of an alert, several at once, or a test.
 *
 * @example
 * ```ts
 * import { type AlertKind, type AlertNotification } from 'nestjs-error-tracker/alerts';
 *
 * const loud: AlertKind[] = ['fired', 'escalated'];
 * export const isLoud = ({ kind }: AlertNotification): boolean => loud.includes(kind);
 * ```
 */
export type AlertKind = 'fired' | 'ongoing' | 'escalated' | 'acknowledged' | 'recovered' | 'digest' | 'test';

/**
 * What a channel sends. Texts and tags are scrubbed.
 *
 * @example
 * ```ts
 * import { type AlertNotification } from 'nestjs-error-tracker/alerts';
 *
 * export const line = ({ kind, title, count, users }: AlertNotification): string =>
 *   `${kind}: ${title} (${count} errors, ${users} users)`;
 * ```
 */
export interface AlertNotification {
  /** The same from `fired` to `recovered`. */
  id: string;
  kind: AlertKind;
  /** Name of the rule; `notify` if it was sent by hand. */
  rule: string;
  severity: AlertSeverity;
  title: string;
  message: string;
  environment: string;
  release?: string;
  /** Errors of this alert so far; of a digest: the sum. */
  count: number;
  /** Affected users, estimated above 256. */
  users: number;
  /** ISO 8601. */
  firstSeen: string;
  /** ISO 8601. */
  lastSeen: string;
  /** The issue in Sentry, or what the sender has given. */
  url?: string;
  tags: Record<string, string>;
  /** Of a digest: the first 20. */
  alerts?: AlertNotification[];
  /** Of a digest: how many more there are. */
  omitted?: number;
}

/**
 * Sends notifications somewhere.
 *
 * @example
 * ```ts
 * import { type AlertChannel } from 'nestjs-error-tracker/alerts';
 *
 * export const chat: AlertChannel = {
 *   async send({ title, message }, signal) {
 *     const response = await fetch('https://chat.example.com', { method: 'POST', body: `${title}: ${message}`, signal });
 *     if (!response.ok) throw new Error(`status ${response.status}`);
 *   },
 * };
 * ```
 */
export interface AlertChannel {
  /**
   * Sends one notification; rejects if it was not accepted. It is called off the way of requests, at most three times for
   * each notification.
   *
   * @param signal - aborted after five seconds: whatever happens later is ignored
   */
  send(notification: AlertNotification, signal: AbortSignal): Promise<void>;
  /** After one notification, how long further ones are collected into one `digest`. Default: `1s`; `false`: never. */
  digest?: Duration | false | undefined;
  /** Whether the collected ones are sent one by one, as services need that keep an incident for each. Default: false. */
  singly?: boolean | undefined;
}

/**
 * What a store keeps for one rule: plain data that JSON can hold.
 *
 * @example
 * ```ts
 * import { type AlertRecord } from 'nestjs-error-tracker/alerts';
 *
 * export const records = new Map<string, AlertRecord>(); // what a store of your own keeps
 * ```
 */
export type AlertRecord = Record<string, unknown>;

/**
 * Computes the next record of a rule. It may be called several times, and may change the record that it is given.
 *
 * @param record - undefined at first
 * @param now - of the store, in milliseconds
 * @param alone - what this process has counted alone, the first time that it is not alone any more
 *
 * @example
 * ```ts
 * import { type AlertChange, type AlertRecord } from 'nestjs-error-tracker/alerts';
 *
 * const records = new Map<string, AlertRecord>();
 * export function update<R>(key: string, change: AlertChange<R>): Promise<R> {
 *   const { record, result } = change(records.get(key), Date.now());
 *   records.set(key, record);
 *   return Promise.resolve(result);
 * }
 * ```
 */
export type AlertChange<R> = (
  record: AlertRecord | undefined,
  now: number,
  alone?: AlertRecord,
) => { record: AlertRecord; result: R };

/**
 * Keeps what rules have counted, and which errors were seen. Made by `memoryStore()` or `redisStore()`.
 *
 * @example
 * ```ts
 * import { type AlertStore, defineAlerts, memoryStore, standardRules } from 'nestjs-error-tracker/alerts';
 *
 * const store: AlertStore = memoryStore();
 * export default defineAlerts({ store, rules: standardRules() });
 * ```
 */
export interface AlertStore {
  /** `local`: Redis is away, and this process counts alone. */
  readonly mode: 'memory' | 'redis' | 'local';
  /** How long facts are collected before the store is updated, in milliseconds. */
  readonly delay: number;
  /** How often the alerts of other processes are looked up, in milliseconds. Default: never. */
  readonly poll?: number;
  /**
   * Replaces a record as one atomic step: `change` is called again if another process was faster.
   *
   * @param change - returns the record to keep
   */
  update<R>(key: string, change: AlertChange<R>): Promise<R>;
  /** Notes that an error was seen; resolves to when it was seen before, in milliseconds, and the current time. */
  sight(group: string): Promise<{ before: number | undefined; now: number }>;
  /** Called when the application starts, and when it stops. */
  open?(host: AlertStoreHost): void;
  close?(): Promise<void>;
}

/**
 * What a store is given by the application.
 *
 * @example
 * ```ts
 * import { type AlertStoreHost } from 'nestjs-error-tracker/alerts';
 *
 * export function open({ directory, project, warn }: AlertStoreHost): void {
 *   if (directory === undefined) warn(`alerts of ${project} begin anew at each start`); // of a store of your own
 * }
 * ```
 */
export interface AlertStoreHost {
  /** Folder for files; undefined if the spool is disabled. */
  readonly directory?: string | undefined;
  /** Distinguishes applications that share a folder or a Redis. */
  readonly project: string;
  /** Logs a warning once. */
  warn(text: string): void;
}

/**
 * Alert rules, and where they send what they find.
 *
 * @example
 * ```ts
 * import { errorRate, slack } from 'nestjs-error-tracker/alerts';
 *
 * SentryModule.forRoot({
 *   alerts: {
 *     channels: { team: slack({ webhookUrl: process.env.TEAM_WEBHOOK! }) },
 *     rules: [errorRate({ above: 0.05, within: '5m' })],
 *   },
 * });
 * ```
 */
export interface AlertOptions {
  /** Default: `standardRules()`, once there is a channel. */
  rules?: AlertRule[] | undefined;
  /** By name. Those of the environment join them as `slack`, `email`, `pagerDuty` and `webhook`. */
  channels?: Record<string, AlertChannel> | undefined;
  /** Default: `memoryStore()`, which counts in each process. */
  store?: AlertStore | undefined;
  /** The organization in Sentry: `https://acme.sentry.io`. Messages then link to the issue. Default: none. */
  organizationUrl?: string | undefined;
  /** Default: true. */
  enabled?: boolean | undefined;
}
