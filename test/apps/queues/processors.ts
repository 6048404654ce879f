import { OnWorkerEvent, Processor, WorkerHost, type RegisterQueueOptions } from '@nestjs/bullmq';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import * as Sentry from '@sentry/nestjs';
import { UnrecoverableError, Worker, type Job } from 'bullmq';
import { ErrorTracker } from 'nestjs-error-tracker';
import { TrackJob } from 'nestjs-error-tracker/bullmq';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connection, nameOf } from './queues.js';

const settings = { backoffStrategy: () => -1 };

/** What a job does, by its name. */
async function work(job: Job): Promise<unknown> {
  switch (job.name) {
    case 'fails':
      throw new Error(`attempt ${job.attemptsMade + 1} of ${job.data.mark} failed`);
    case 'mended':
      if (job.attemptsMade < 2) throw new Error(`attempt ${job.attemptsMade + 1} of ${job.data.mark} failed`);
      return 'mended';
    case 'hopeless':
      throw new UnrecoverableError(`${job.data.mark} is hopeless`);
    case 'text':
      throw `just a text of ${job.data.mark}`;
    case 'slow':
      await sleep(30);
      return 'slow';
    case 'closes-a-cycle':
      job.data.self = job.data;
      throw new Error(`a cycle of ${job.data.mark}`);
    case 'breaks-its-data':
      Object.defineProperty(job.data, 'broken', {
        enumerable: true,
        get: () => {
          throw new Error('unreadable');
        },
      });
      throw new Error(`broken by ${job.data.mark}`);
    case 'unserialisable':
      return { total: BigInt(job.attemptsMade) };
    case 'strict':
      return { data: job.data, telemetry: job.opts.telemetry };
    case 'marked':
      Sentry.setUser({ id: job.data.mark });
      Sentry.setTag('leak', job.data.mark);
      await sleep(Math.random() * 20);
      throw new Error(`failure of ${job.data.mark}`);
    default:
      return 'done';
  }
}

@Processor(nameOf('last'), { concurrency: 50, settings })
export class Last extends WorkerHost {
  constructor(private readonly tracker: ErrorTracker) {
    super();
  }
  async process(job: Job) {
    if (job.name === 'captures') {
      this.tracker.captureMessage(`captured in ${job.data.mark}`);
      return;
    }
    return work(job);
  }
  @OnWorkerEvent('completed')
  completed(job: Job) {
    if (job.name === 'announced') this.tracker.captureMessage(`announced ${job.data.mark}`);
    Sentry.setTag('leak', 'worker event');
  }
}
@Processor(nameOf('first'))
export class First extends WorkerHost {
  @TrackJob({ report: 'first' })
  process(job: Job) {
    return work(job);
  }
}
@Processor(nameOf('every'))
export class Every extends WorkerHost {
  @TrackJob({ report: 'every' })
  process(job: Job) {
    return work(job);
  }
}
/** What the predicate was called with. */
export const asked: string[] = [];
@Processor(nameOf('chosen'), { settings })
export class Chosen extends WorkerHost {
  @TrackJob({
    report: (job, error, last) => {
      asked.push(`${job.name} ${error.message} ${last}`);
      return error.message.includes('attempt 2') || (last && job.name === 'hopeless');
    },
  })
  process(job: Job) {
    return work(job);
  }
}
@Processor(nameOf('broken-choice'))
export class BrokenChoice extends WorkerHost {
  @TrackJob({
    report: () => {
      throw new Error('broken predicate');
    },
  })
  process(job: Job) {
    return work(job);
  }
}
@Processor(nameOf('bare'))
export class Bare extends WorkerHost {
  @TrackJob({ data: (job: Job) => ({ only: job.data.mark }), slowerThan: 10 })
  process(job: Job) {
    return work(job);
  }
}
@Processor(nameOf('linked'))
export class Linked extends WorkerHost {
  @TrackJob({ trace: 'link' })
  process(job: Job) {
    return work(job);
  }
}
@Processor(nameOf('apart'))
export class Apart extends WorkerHost {
  @TrackJob({ trace: false, data: false })
  process(job: Job) {
    return work(job);
  }
}
@Processor(nameOf('untracked'))
export class Untracked extends WorkerHost {
  @TrackJob({ queues: ['another'] })
  process(job: Job) {
    return work(job);
  }
}
/** The first attempt is of this process, the others of another one. */
@Processor(nameOf('shared'), { autorun: process.env.ROLE !== 'second' })
export class Shared extends WorkerHost {
  async process(job: Job) {
    if (process.env.ROLE !== 'second') {
      void this.worker.pause(true);
      process.send!({ handedOver: job.id });
    }
    return work(job);
  }
}
@Processor(nameOf('stalling'), {
  autorun: process.env.ROLE === 'second',
  lockDuration: 400,
  stalledInterval: 200,
  maxStalledCount: 0,
})
export class Stalling extends WorkerHost {
  async process(job: Job) {
    process.send!({ stalls: job.id });
    await new Promise(() => undefined);
  }
}
@Processor(nameOf('away'))
export class Away extends WorkerHost {
  process(job: Job) {
    return work(job);
  }
}
@Processor(nameOf('parents'))
export class Parents extends WorkerHost {
  process(job: Job) {
    return work(job);
  }
}

/** Processors that are registered with their queue, as Nest has no reference to their workers. */
export const REGISTERED: Record<string, NonNullable<RegisterQueueOptions['processors']>> = {
  registered: [{ concurrency: 5, callback: (job) => work(job) }],
  'registered-file': [join(dirname(process.argv[1]!), 'sandboxed.js')],
};

/** A worker that Nest does not know. */
@Injectable()
export class OwnWorker implements OnApplicationShutdown {
  private readonly worker = new Worker(nameOf('own'), (job) => this.run(job), {
    connection,
    concurrency: 10,
    settings,
  });

  @TrackJob({ report: 'last' })
  async run(job: Job) {
    return work(job);
  }
  onApplicationShutdown() {
    return this.worker.close();
  }
}
