import '../shared/instrument.js';
import 'reflect-metadata';
import { BullModule, getFlowProducerToken, getQueueToken } from '@nestjs/bullmq';
import { Controller, Get, Module, Param, Query } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { QueueEvents, type FlowProducer, type Job, type Queue } from 'bullmq';
import { SentryModule } from 'nestjs-error-tracker';
import { SentryBullMqModule } from 'nestjs-error-tracker/bullmq';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';
import * as processors from './processors.js';
import { connection, distant, nameOf, NAMES } from './queues.js';

const { asked, OwnWorker, REGISTERED, ...hosts } = processors;
const events = new Map<string, QueueEvents>();
const options = JSON.parse(process.env.MODULE ?? '{}');
const second = process.env.ROLE === 'second';

/** Data of jobs that a test cannot send in a URL. */
const DATA: Record<string, () => object> = {
  huge: () => ({
    password: 'hunter2-huge',
    text: 'x'.repeat(2_500_000),
    rows: Array.from({ length: 50_000 }, (_, n) => ({ n, name: `row number ${n} of many` })),
  }),
  nested: () => ({ order: { lines: [{ article: 'tea', count: 2 }], card: { number: '4111 1111 1111 1111' } } }),
  cyclic: () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    return cyclic;
  },
};

@Controller()
class Front {
  constructor(private readonly modules: ModuleRef) {}

  queue(name: string): Queue {
    return this.modules.get(getQueueToken(nameOf(name)), { strict: false });
  }
  async add(queue: string, name: string, query: Record<string, string>): Promise<Job> {
    const { attempts = '1', data: special, opts = '{}', ...data } = query;
    return this.queue(queue).add(
      name,
      { ...data, ...(special && DATA[special]!()) },
      { attempts: Number(attempts), ...JSON.parse(opts) },
    );
  }
  /** Adds a job, and answers once it is through. */
  @Get('run/:queue/:name')
  async run(@Param('queue') queue: string, @Param('name') name: string, @Query() query: Record<string, string>) {
    try {
      const job = await this.add(queue, name, query);
      return { value: await job.waitUntilFinished(events.get(queue)!, 10_000) };
    } catch (error) {
      return { failed: (error as Error).message };
    }
  }
  /** Adds a job, and answers what the caller has of it. */
  @Get('add/:queue/:name')
  async begin(@Param('queue') queue: string, @Param('name') name: string, @Query() query: Record<string, string>) {
    const { id, data } = await this.add(queue, name, query);
    return { id, data };
  }
  @Get('bulk/:queue/:name')
  async bulk(@Param('queue') queue: string, @Param('name') name: string, @Query('count') count: string) {
    const jobs = Array.from({ length: Number(count) }, (_, n) => ({ name, data: { mark: `bulk-${n}` } }));
    const added = await this.queue(queue).addBulk(jobs);
    return { data: added.map((job) => job.data) };
  }
  @Get('flow/:name')
  async flow(@Param('name') name: string, @Query('mark') mark: string, @Query('parent') parent?: string) {
    const flows = this.modules.get<FlowProducer>(getFlowProducerToken(nameOf('flows')), { strict: false });
    const child = { name, queueName: nameOf('last'), data: { mark }, opts: { failParentOnFailure: true } };
    const { job } = await flows.add({
      name: 'parent',
      queueName: nameOf('parents'),
      ...(parent !== 'without-data' && { data: { mark } }),
      children: [child],
    });
    return { id: job.id };
  }
}

@Module({
  imports: [
    SentryModule.forRoot(options),
    ...(process.env.BULLMQ ? [SentryBullMqModule.forRoot(JSON.parse(process.env.BULLMQ))] : []),
    BullModule.forRoot({ connection }),
    BullModule.registerQueue(
      ...NAMES.map((name) => ({
        name: nameOf(name),
        ...(name === 'away' && { connection: distant }),
        ...(!second && { processors: REGISTERED[name] }),
      })),
    ),
    BullModule.registerFlowProducer({ name: nameOf('flows') }),
  ],
  controllers: [Front],
  providers: second ? [hosts.Shared, hosts.Stalling, hosts.Last] : [...Object.values(hosts), OwnWorker],
})
class AppModule {}

async function main() {
  const app = await createApp(AppModule);
  for (const name of NAMES.filter((name) => name !== 'away' || !process.env.DISTANT_PORT)) {
    events.set(name, new QueueEvents(nameOf(name), { connection }));
    await events.get(name)!.waitUntilReady();
  }
  const front = app.get(Front);
  answerTests(app, await listen(app), async (message) => {
    if (typeof message === 'string') return undefined;
    const { add, work, asked: isAsked, clean } = message;
    // Outside of requests.
    if (add) return { id: (await front.add(add.queue, add.name, add.data ?? {})).id };
    if (work) {
      void app.get((hosts as any)[work]).worker.run();
      return { works: work };
    }
    if (isAsked) return { asked: asked.splice(0) };
    if (clean) {
      await Promise.all(
        NAMES.filter((name) => name !== 'away').map((name) => front.queue(name).obliterate({ force: true })),
      );
      return { clean };
    }
    return undefined;
  });
}
void main();
