import { parseDuration, type Duration } from '../../options/duration.js';
import * as schema from '../../options/schema.js';
import { toCrontab } from './crontab.js';
import { SLUG } from './slug.js';

/**
 * Options of `SentryScheduleModule.forRoot()`.
 *
 * @example
 * ```ts
 * import { SentryScheduleModule } from 'nestjs-error-tracker/schedule';
 *
 * SentryScheduleModule.forRoot({ monitors: { maxRuntime: '10m', failureIssueThreshold: 2 } });
 * ```
 */
export interface ScheduleOptions {
  /**
   * Whether each `@Cron` job and each job of the `SchedulerRegistry` has a cron monitor in Sentry, or what all monitors
   * have in common. `false` also switches off those of `@Monitor()`. Default: true.
   */
  monitors?: boolean | MonitorDefaults | undefined;
}

/**
 * What monitors have in common. Sentry counts in minutes: durations are rounded up.
 *
 * @example
 * ```ts
 * import { SentryScheduleModule } from 'nestjs-error-tracker/schedule';
 *
 * SentryScheduleModule.forRoot({ monitors: { checkinMargin: '5m' } });
 * ```
 */
export interface MonitorDefaults {
  /** How late a check-in may be before Sentry counts it as missed; at most 28 days. Default: that of Sentry, `1m`. */
  checkinMargin?: Duration | undefined;
  /** How long a run may take before Sentry counts it as failed; at most 7 days. Default: that of Sentry, `30m`. */
  maxRuntime?: Duration | undefined;
  /** How many consecutive failed or missed check-ins create an issue; 1 to 720. Default: that of Sentry, 1. */
  failureIssueThreshold?: number | undefined;
  /** How many consecutive check-ins without failure resolve the issue; 1 to 720. Default: that of Sentry, 1. */
  recoveryThreshold?: number | undefined;
}

/**
 * Options of `@Monitor()`.
 *
 * @example
 * ```ts
 * import { Cron } from '@nestjs/schedule';
 * import { Monitor } from 'nestjs-error-tracker/schedule';
 *
 * @Injectable()
 * export class ReportsService {
 *   @Cron('0 4 * * *')
 *   @Monitor({ slug: 'reports', schedule: '0 4 * * *', timezone: 'Europe/Berlin', maxRuntime: '4m' })
 *   run(): void {}
 * }
 * ```
 */
export interface MonitorOptions extends MonitorDefaults {
  /**
   * Lower-case letters, digits, `-` and `_`, at most 50, not only digits. Default: the `name` of the `@Cron`, otherwise
   * class and method; in kebab case.
   */
  slug?: string | undefined;
  /** A crontab expression with five fields. Default: the expression of the `@Cron`. */
  schedule?: string | undefined;
  /** The name of a time zone: `Europe/Berlin`. Default: that of the `@Cron`, otherwise that of the process. */
  timezone?: string | undefined;
}

/** {@link MonitorDefaults} as Sentry takes them: in minutes. */
export type MonitorLimits = Partial<Record<keyof MonitorDefaults, number>>;

/** Compiled {@link ScheduleOptions}. */
export interface ScheduleSettings {
  /** Undefined if there are no monitors. */
  readonly monitors: MonitorLimits | undefined;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const upTo = (days: number) =>
  schema.check(
    `a duration of at most ${days} days, in milliseconds or such as '90s', '5m', '1h'`,
    `use a duration that is longer than 0 and at most '${days}d'`,
    (value) => {
      const duration = parseDuration(value);
      return duration !== undefined && duration > 0 && duration <= days * DAY;
    },
  );
const threshold = schema.check(
  'a whole number from 1 to 720',
  'use a whole number from 1 to 720',
  (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 720,
);

const defaults = {
  checkinMargin: upTo(28),
  maxRuntime: upTo(7),
  failureIssueThreshold: threshold,
  recoveryThreshold: threshold,
};

export const scheduleShape = schema.shape({
  monitors: (value, path) => {
    if (typeof value !== 'boolean') schema.shape(defaults)(value, path);
  },
});

export const monitorShape = schema.shape({
  ...defaults,
  slug: schema.check(
    "a slug: lower-case letters, digits, '-' and '_', at most 50, not only digits",
    "use for example 'nightly-reports'",
    (value) => typeof value === 'string' && SLUG.test(value),
  ),
  schedule: schema.check(
    'a crontab expression with five fields',
    "use minute, hour, day of month, month and day of week, for example '30 4 * * 1-5'",
    (value) => typeof value === 'string' && value.trim().split(/\s+/).length === 5 && 'value' in toCrontab(value),
  ),
  timezone: schema.check(
    'the name of a time zone',
    "use a name of the tz database, for example 'Europe/Berlin' or 'UTC'",
    isTimezone,
  ),
});

/** `+05:30` is a zone for Node, but not for Sentry. */
function isTimezone(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[a-z]/i.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

export function compileScheduleSettings({ monitors = true }: ScheduleOptions): ScheduleSettings {
  return { monitors: monitors === false ? undefined : limitsOf(monitors === true ? {} : monitors) };
}

export function limitsOf(options: MonitorDefaults): MonitorLimits {
  const { checkinMargin, maxRuntime, failureIssueThreshold, recoveryThreshold } = options;
  const limits: [keyof MonitorDefaults, number | undefined][] = [
    ['checkinMargin', minutes(checkinMargin)],
    ['maxRuntime', minutes(maxRuntime)],
    ['failureIssueThreshold', failureIssueThreshold],
    ['recoveryThreshold', recoveryThreshold],
  ];
  return Object.fromEntries(limits.filter(([, value]) => value !== undefined));
}

function minutes(duration: Duration | undefined): number | undefined {
  const milliseconds = parseDuration(duration);
  return milliseconds === undefined ? undefined : Math.ceil(milliseconds / MINUTE);
}
