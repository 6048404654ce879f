import { Logger } from '@nestjs/common';
import type { Monitor } from '../../capture/check-ins.js';
import { handlerName } from '../../context/handler.js';
import type { Handler } from '../../context/execution.js';
import { CronMonitor, type CronTimes } from './cron-monitor.js';
import { monitorOptionsOf } from './monitor.decorator.js';
import { monitorSlugsOf } from './monitor-slugs.js';
import type { CronMethod } from './mounted-jobs.js';
import type { ScheduleKind } from './schedule-facts.js';
import { schedule } from './schedule-partner.js';

/** The metadata of `@Cron`. */
export interface CronMetadata {
  cronTime: unknown;
  timeZone?: unknown;
  utcOffset?: unknown;
  disabled?: boolean;
}

/** A scheduled method of one application. */
export interface ScheduledInstance {
  readonly instance: object;
  readonly kind: ScheduleKind;
  readonly name: string;
  readonly handler: Handler;
  /** Nest's `ModulesContainer`. */
  readonly modules: object | undefined;
}

/** The monitor of a `@Cron` method, for each run: it follows the times of its job. */
export class MethodMonitor implements CronMethod {
  job: CronMethod['job'];
  private readonly times: CronTimes;
  private readonly monitor: CronMonitor | undefined;

  constructor(
    { instance, name, handler, modules }: ScheduledInstance,
    { cronTime, timeZone, utcOffset, disabled }: CronMetadata,
  ) {
    this.times = { source: cronTime, timeZone, utcOffset };
    const title = handlerName(handler);
    const options = monitorOptionsOf(instance, handler.method);
    const tracking = schedule.trackingIn(modules);
    if (options === false || !modules) return;
    const slugs = monitorSlugsOf(modules);
    this.monitor = new CronMonitor({ title, name, slugs, owner: this, options });
    // A job that never runs needs no warning.
    if (tracking && !disabled) this.current(tracking.settings);
  }

  current({ monitors }: { monitors?: object }): Monitor | undefined {
    return monitors && this.monitor?.at(this.job?.cronTime ?? this.times, monitors);
  }
}

/** Monitors of Sentry follow a crontab, which only a `@Cron` has. */
export function warnOfIdleMonitor({ instance, kind, handler }: ScheduledInstance): void {
  if (!monitorOptionsOf(instance, handler.method)) return;
  new Logger('SentryModule').warn(
    `@Monitor on ${handlerName(handler)} does nothing: the method runs as an ${kind}. Use @Cron, or remove @Monitor.`,
  );
}
