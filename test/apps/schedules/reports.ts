import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron, CronExpression, Interval, SchedulerRegistry } from '@nestjs/schedule';
import * as Sentry from '@sentry/nestjs';
import { CronJob } from 'cron';
import { Monitor } from 'nestjs-error-tracker/schedule';

const crontab = { schedule: { type: 'crontab' as const, value: '* * * * *' } };

/** Runs that wait until a test releases them, the oldest first. */
export const waiting: (() => void)[] = [];
/** What has run. */
export const ran: string[] = [];
const untilReleased = () => new Promise<void>((resolve) => waiting.push(resolve));

@Injectable()
export class ReportsService {
  @Cron('0 30 4 * * *', { name: 'nightly', timeZone: 'Europe/Berlin' })
  async nightly() {
    ran.push('nightly');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  @Cron('15 3 * JAN-MAR MON-FRI')
  weekdays() {
    return 'done';
  }
  @Cron(CronExpression.EVERY_DAY_AT_4AM, { name: 'Send daily Reports', utcOffset: 120 })
  daily() {}
  @Cron('5 1 * * *', { name: 'failing' })
  async failing() {
    Sentry.setTag('from', 'the job');
    await new Promise((resolve) => setTimeout(resolve, 5));
    throw new Error('failure of a report');
  }
  @Cron('5 2 * * *', { name: 'sync-failing' })
  syncFailing() {
    throw new Error('failure at once');
  }
  @Cron('5 3 * * *', { name: 'overlapping' })
  async overlapping() {
    await untilReleased();
  }
  @Cron('5 13 * * *', { name: 'overlapping-sentry' })
  @Sentry.SentryCron('of-sentry-overlapping', crontab)
  async overlappingSentry() {
    await untilReleased();
  }
  @Cron('5 4 * * *', { name: 'waits', waitForCompletion: true })
  async waits() {
    await untilReleased();
  }
  @Cron('*/10 * * * * *', { name: 'often', unrefTimeout: true })
  often() {}
  @Cron(new Date(Date.now() + 3_600_000), { name: 'dated' })
  dated() {}
  @Cron('5 5 * * *', { name: 'offset', utcOffset: 330 })
  offset() {}
  @Cron('*/20 * * * * *', { name: 'disabled', disabled: true })
  disabled() {}
  @Cron('*/20 * * * * *', { name: 'own', disabled: true })
  @Monitor({
    slug: 'own_slug',
    schedule: '*/5 * * * *',
    timezone: 'UTC',
    maxRuntime: '61s',
    checkinMargin: '30s',
    failureIssueThreshold: 2,
    recoveryThreshold: 3,
  })
  own() {}
  @Monitor(false)
  @Cron('5 6 * * *', { name: 'without' })
  without() {}
  @Cron('5 7 * * *', { name: 'same-slug' })
  same() {}
  @Cron('5 8 * * *', { name: 'same slug' })
  sameAgain() {}
  @Cron('5 9 * * *', { name: 'moved' })
  moved() {}
  @Cron('5 10 * * *', { name: 'inside' })
  @Sentry.SentryCron('of-sentry-inside', crontab)
  async inside() {
    throw new Error('failure inside');
  }
  @Sentry.SentryCron('of-sentry-outside', crontab)
  @Cron('5 11 * * *', { name: 'outside' })
  async outside() {}
  @Cron('5 12 * * *', { name: 'by-hand' })
  async byHand() {
    return Sentry.withMonitor('by-hand-monitor', async () => 'done', crontab);
  }
  @Interval(3_600_000)
  @Monitor({ schedule: '* * * * *' })
  polls() {}
}

@Injectable()
export class DynamicJobs implements OnModuleInit {
  constructor(private readonly registry: SchedulerRegistry) {}

  onModuleInit() {
    const add = (name: string, tick: () => unknown, time: string | Date = '0 5 * * *', more = {}) => {
      const job = CronJob.from({ cronTime: time, onTick: tick as () => void, timeZone: 'Asia/Tokyo', ...more });
      this.registry.addCronJob(name, job as never);
      return job;
    };
    add('Dynamic report', async () => {
      Sentry.setUser({ id: 'of a dynamic job' });
      ran.push('dynamic');
    });
    add('dynamic-failing', async () => {
      throw new Error('failure of a dynamic job');
    });
    const several = add('dynamic-sync', () => {
      ran.push('first callback');
      throw new Error('failure of the first callback');
    });
    several.addCallback(() => {
      ran.push('second callback');
    });
    add('dynamic-waits', untilReleased, '0 6 * * *', { waitForCompletion: true });
    add('dynamic-often', () => undefined, '* * * * * *');
    add('dynamic-dated', () => undefined, new Date(Date.now() + 3_600_000));
    const Instrumented = Sentry.cron.instrumentCron(
      CronJob as never,
      'of-instrument-cron',
    ) as unknown as typeof CronJob;
    const instrumented = Instrumented.from({
      cronTime: '0 7 * * *',
      onTick: () => {
        throw 'text of an instrumented job';
      },
    });
    this.registry.addCronJob('dynamic-instrumented', instrumented as never);
  }
}
