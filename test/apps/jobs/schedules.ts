import { Injectable, NotFoundException, type OnModuleInit } from '@nestjs/common';
import { Cron, Interval, SchedulerRegistry, Timeout } from '@nestjs/schedule';
import * as Sentry from '@sentry/nestjs';
import { CronJob } from 'cron';
import { Report, TrackOperation } from 'nestjs-error-tracker';
import { setTimeout as sleep } from 'node:timers/promises';
import { IgnoredError, QuietError } from './failures.js';
import { isOpen, untilOpen } from './gates.js';

const EVERY_SECOND = '* * * * * *';
const monitor = { schedule: { type: 'crontab' as const, value: '* * * * *' } };

@Injectable()
export class Schedules implements OnModuleInit {
  constructor(private readonly registry: SchedulerRegistry) {}

  onModuleInit() {
    const job = new CronJob(EVERY_SECOND, () => {
      if (isOpen('dynamic')) this.mark('dynamic');
    });
    this.registry.addCronJob('dynamic', job as never);
    job.start();
  }

  @Cron(EVERY_SECOND)
  cron() {
    if (!isOpen('cron')) return;
    this.mark('cron');
    throw new Error('failure of a cron job');
  }
  @Cron(EVERY_SECOND, { name: 'nightly' })
  async named() {
    if (!isOpen('named')) return;
    await sleep(1);
    throw new Error('failure of a named cron job');
  }
  @Cron(EVERY_SECOND)
  @Sentry.SentryCron('inner-monitor', monitor)
  async monitoredInside() {
    if (!isOpen('monitored-inside')) return;
    this.mark('monitored-inside');
    await sleep(1);
    throw new Error('failure of a monitored cron job');
  }
  @Sentry.SentryCron('outer-monitor', monitor)
  @Cron(EVERY_SECOND)
  async monitoredOutside() {
    if (!isOpen('monitored-outside')) return;
    this.mark('monitored-outside');
    await sleep(1);
    throw new Error('failure of another monitored cron job');
  }
  @Interval(250)
  async interval() {
    if (!isOpen('interval')) return;
    this.mark('interval');
    await sleep(1);
    throw new Error('failure of an interval');
  }
  @Interval('poll', 250)
  text() {
    if (isOpen('text')) throw 'just a text';
  }
  @Timeout('warm-up', 10)
  async timeout() {
    await untilOpen('timeout');
    if (isOpen('timeout')) throw new Error('failure of a timeout');
  }
  @Interval(250)
  httpException() {
    if (isOpen('http-exception')) throw new NotFoundException('answered by nobody');
  }
  @Interval(250)
  ignored() {
    if (isOpen('ignored')) throw new IgnoredError('ignored');
  }
  @Interval(250)
  @Report({ ignore: [QuietError] })
  quiet() {
    if (isOpen('quiet')) throw new QuietError('quiet');
  }
  @Interval(250)
  async domain() {
    if (isOpen('domain')) await this.pay();
  }

  @TrackOperation('invoices.pay', { domain: 'payment' })
  private async pay(): Promise<never> {
    throw new Error('failure of a domain');
  }

  private mark(name: string) {
    Sentry.setUser({ id: `user of ${name}` });
    Sentry.setTag('leak', name);
    Sentry.addBreadcrumb({ category: 'leak', message: `crumb of ${name}` });
  }
}
