import { Logger } from '@nestjs/common';
import type { Monitor } from '../../capture/check-ins.js';
import { toCrontab } from './crontab.js';
import { limitsOf, type MonitorLimits, type MonitorOptions } from './schedule-options.js';
import { slugOf } from './slug.js';
import type { MonitorSlugs } from './monitor-slugs.js';

/** When a job runs: the times of a `CronJob`, or the metadata of a `@Cron`. */
export interface CronTimes {
  /** An expression; anything else is a date, at which the job runs once. */
  readonly source: unknown;
  readonly timeZone?: unknown;
  /** Minutes. */
  readonly utcOffset?: unknown;
}

/** A job that may have a monitor. */
export interface MonitoredJob {
  /** What a warning calls it: `Class.method`, or the name of a dynamic job. */
  readonly title: string;
  /** The name that its slug is made from. */
  readonly name: string;
  readonly slugs: MonitorSlugs;
  /** What has its slug for itself. */
  readonly owner: unknown;
  readonly isDynamic?: boolean;
  readonly options?: MonitorOptions;
}

/** The monitor of a job, derived from its times, which may change while the application runs. */
export class CronMonitor {
  private decided?: { times: CronTimes; monitor: Monitor | undefined };
  private readonly warned = new Set<string>();

  constructor(private readonly job: MonitoredJob) {}

  /**
   * @param defaults - of the application
   * @returns undefined if Sentry cannot monitor this job; why is logged once
   */
  at(times: CronTimes, defaults: MonitorLimits): Monitor | undefined {
    if (this.decided?.times !== times) this.decided = { times, monitor: this.monitorAt(times, defaults) };
    return this.decided.monitor;
  }

  private monitorAt(times: CronTimes, defaults: MonitorLimits): Monitor | undefined {
    const { options = {}, name, slugs, owner, isDynamic } = this.job;
    const value = options.schedule ?? this.crontabOf(times);
    const timezone = value && (options.timezone ?? this.timezoneOf(times));
    if (!value || !timezone) return undefined;
    const slug = options.slug ?? slugOf(name);
    const refused = slugs.claim(slug, owner, isDynamic);
    if (refused !== undefined) {
      if (refused) this.refuse(refused);
      return undefined;
    }
    return {
      slug,
      config: { schedule: { type: 'crontab', value }, timezone, ...defaults, ...limitsOf(options) },
    };
  }

  private crontabOf({ source }: CronTimes): string | undefined {
    if (typeof source !== 'string') return undefined;
    const crontab = toCrontab(source);
    if ('value' in crontab) return crontab.value;
    this.refuse(
      crontab.refused === 'seconds'
        ? `'${source}' runs several times a minute, and a monitor of Sentry counts in minutes`
        : `'${source}' cannot be written as a crontab with five fields`,
      "@Monitor({ schedule: '* * * * *' })",
    );
    return undefined;
  }

  private timezoneOf({ timeZone, utcOffset }: CronTimes): string | undefined {
    if (typeof timeZone === 'string' && timeZone) return timeZone;
    // As the package `cron` does, which asks the process.
    if (utcOffset === undefined || utcOffset === null) return Intl.DateTimeFormat().resolvedOptions().timeZone;
    const hours = Number(utcOffset) / 60;
    if (!Number.isInteger(hours) || hours < -12 || hours > 14) {
      this.refuse(
        `a utcOffset of ${hours * 60} minutes is no time zone of Sentry`,
        "@Monitor({ timezone: 'Area/City' })",
      );
      return undefined;
    }
    // POSIX counts westwards.
    return hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
  }

  private refuse(why: string, fix = "@Monitor({ slug: '…' })"): void {
    const { title, isDynamic } = this.job;
    const text = `No cron monitor for ${title}: ${why}.`;
    if (this.warned.has(text)) return;
    this.warned.add(text);
    const advice = isDynamic ? '' : ` Give it one with ${fix}, or none with @Monitor(false).`;
    new Logger('SentryModule').warn(text + advice);
  }
}
