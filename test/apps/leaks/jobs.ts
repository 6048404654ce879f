import { Redis } from 'ioredis';
import type { ErrorTracker } from 'nestjs-error-tracker';

const list = `leaks-${process.pid}`;

/** A queue as small as it can be: a list of Redis, and a worker that fails over every job. */
export class Jobs {
  private readonly connections: Redis[] = [];

  constructor(private readonly tracker: ErrorTracker) {}

  /** Adds one job, and waits until the worker has failed over it. */
  async run(job: object): Promise<void> {
    const [queue, worker] = this.connect();
    await this.tracker.track({ name: 'leaks.add', root: true }, () => queue.lpush(list, JSON.stringify(job)));
    const [, taken] = (await worker.brpop(list, 5)) ?? [];
    await this.tracker.isolate(async () => {
      const data = JSON.parse(taken!);
      const work = async () => {
        throw new Error('a job failed');
      };
      await this.tracker
        .track({ name: 'leaks.job', root: true, data: () => data }, work)
        .catch((error) => this.tracker.captureException(error));
    });
  }

  close(): void {
    for (const connection of this.connections) connection.disconnect();
  }

  private connect(): [Redis, Redis] {
    while (this.connections.length < 2) this.connections.push(new Redis(6379, '127.0.0.1'));
    return this.connections as [Redis, Redis];
  }
}
