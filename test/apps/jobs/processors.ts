import {
  OnQueueEvent,
  OnWorkerEvent,
  Processor,
  QueueEventsHost,
  QueueEventsListener,
  WorkerHost,
} from '@nestjs/bullmq';
import { Injectable, Scope } from '@nestjs/common';
import * as Sentry from '@sentry/nestjs';
import { DelayedError, UnrecoverableError, type Job } from 'bullmq';
import { Report } from 'nestjs-error-tracker';
import { setTimeout as sleep } from 'node:timers/promises';
import { IgnoredError, QuietError } from './failures.js';

export const QUEUE = `orders-${process.pid}`;
export const SCOPED = `scoped-${process.pid}`;

const settings = { backoffStrategy: () => -1 };

@Processor(QUEUE, { concurrency: 50, settings })
export class Orders extends WorkerHost {
  /** With three parameters: BullMQ then gives a signal. */
  @Report({ ignore: [QuietError] })
  async process(job: Job, token?: string, signal?: AbortSignal) {
    switch (job.name) {
      case 'fine':
        return { token: typeof token };
      case 'cancellable':
        return { signal: signal instanceof AbortSignal };
      case 'flaky':
        if (job.attemptsMade < 2) throw new Error('failure that a retry mends');
        return 'mended';
      case 'unrecoverable':
        throw new UnrecoverableError('failure without a retry');
      case 'given-up':
        throw new Error('failure that the backoff gives up');
      case 'delayed':
        if (job.data.delayed) return 'later';
        await job.updateData({ delayed: true });
        await job.moveToDelayed(Date.now() + 20, token);
        throw new DelayedError();
      case 'ignored':
        throw new IgnoredError('ignored');
      case 'quiet':
        throw new QuietError('quiet');
      case 'marked':
        Sentry.setUser({ id: job.data.user });
        Sentry.setTag('leak', job.data.user);
        Sentry.addBreadcrumb({ category: 'leak', message: `crumb of ${job.data.user}` });
        await sleep(Math.random() * 20);
        throw new Error(`failure of ${job.data.user}`);
      case 'unmarked':
        throw new Error('failure of nobody');
      default:
        throw new Error(`failure of a job, attempt ${job.attemptsMade + 1}`);
    }
  }
  @OnWorkerEvent('failed')
  failed() {
    Sentry.setTag('leak', 'worker event');
    Sentry.setUser({ id: 'worker event' });
  }
}

@Processor({ name: SCOPED, scope: Scope.REQUEST })
export class ScopedOrders extends WorkerHost {
  async process() {
    throw new Error('failure of a request-scoped processor');
  }
}

@Injectable()
@QueueEventsListener(QUEUE)
export class QueueListener extends QueueEventsHost {
  @OnQueueEvent('added')
  added() {
    Sentry.setTag('leak', 'queue event');
    Sentry.setUser({ id: 'queue event' });
  }
}
