import '../shared/instrument.js';
import 'reflect-metadata';
import { BullModule, InjectQueue } from '@nestjs/bullmq';
import { Controller, Get, Module, Param, Query, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventEmitter2, EventEmitterModule } from '@nestjs/event-emitter';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ScheduleModule } from '@nestjs/schedule';
import * as Sentry from '@sentry/nestjs';
import { Queue, QueueEvents } from 'bullmq';
import { ErrorTracker, SentryModule, TrackOperation } from 'nestjs-error-tracker';
import { initOptions } from '../shared/instrument.js';
import { isBare, WithoutSentry } from '../shared/without-sentry.js';
import { IgnoredError } from './failures.js';
import { pass } from './gates.js';
import { Listeners, ScopedListener } from './listeners.js';
import { Orders, QUEUE, QueueListener, SCOPED, ScopedOrders } from './processors.js';
import { Schedules } from './schedules.js';

const connection = { host: '127.0.0.1', port: 6379 };
const events = new Map<string, QueueEvents>();

@Controller()
class Front {
  constructor(
    private readonly emitter: EventEmitter2,
    private readonly listeners: Listeners,
    @InjectQueue(QUEUE) private readonly orders: Queue,
    @InjectQueue(SCOPED) private readonly scoped: Queue,
  ) {}

  /** Has a scheduled method do its work, and waits for it. */
  @Get('run/:name')
  async run(@Param('name') name: string) {
    await pass(name);
    return { ran: name };
  }
  @Get('emit/:event')
  emit(@Param('event') event: string) {
    this.listeners.begun.length = 0;
    this.emitter.emit(event);
    return { begun: this.listeners.begun };
  }
  @Get('emit-async/:event')
  async emitAsync(@Param('event') event: string) {
    return { answers: await this.emitter.emitAsync(event) };
  }
  /** Sets a user, emits, and fails itself once the listeners are through. */
  @Get('emit-marked/:event')
  async emitMarked(@Param('event') event: string, @Query('user') user: string) {
    Sentry.setUser({ id: user });
    await this.announce(event, user);
    throw new Error(`request of ${user}`);
  }
  @TrackOperation('orders.announce')
  private announce(event: string, user: string) {
    return this.emitter.emitAsync(event, user);
  }
  /** Adds a job, and waits until it is through. */
  @Get('jobs/:name')
  async job(@Param('name') name: string, @Query() { attempts, backoff, ...data }: Record<string, string>) {
    const queue = name === 'scoped' ? this.scoped : this.orders;
    const options = { attempts: Number(attempts ?? 1), backoff: backoff ? { type: 'custom' } : undefined };
    const job = await queue.add(name, data, { ...options, removeOnComplete: false });
    return job
      .waitUntilFinished(events.get(queue.name)!, 10_000)
      .then((value) => ({ value }))
      .catch((error: Error) => ({ failed: error.message }));
  }
  @Get('after')
  after(@Req() _request: unknown) {
    throw new Error('request after all that');
  }
}

const init = process.env.START === 'late' ? initOptions : undefined;
@Module({
  imports: [
    isBare ? WithoutSentry : SentryModule.forRoot({ init, capture: { ignore: [IgnoredError] } }),
    ScheduleModule.forRoot(),
    EventEmitterModule.forRoot({ wildcard: true }),
    BullModule.forRoot({ connection }),
    BullModule.registerQueue({ name: QUEUE }, { name: SCOPED }),
  ],
  controllers: [Front],
  providers: [Schedules, Listeners, ScopedListener, Orders, ScopedOrders, QueueListener],
})
class AppModule {}

async function main() {
  const adapter = process.env.PLATFORM === 'fastify' ? [new FastifyAdapter()] : [];
  const app: any = await (NestFactory.create as any)(AppModule, ...adapter, { logger: ['error'] });
  for (const name of [QUEUE, SCOPED]) {
    const queueEvents = new QueueEvents(name, { connection });
    await queueEvents.waitUntilReady();
    events.set(name, queueEvents);
  }
  await app.listen(0, '127.0.0.1');
  process.on('message', (message) => {
    if (message !== 'status') return;
    const tracker = app.get(ErrorTracker);
    void tracker.flush('5s').then((flushed: boolean) => process.send!({ ...tracker.status(), flushed }));
  });
  process.on('message', (message) => {
    if (message !== 'clean') return;
    const queues = [QUEUE, SCOPED].map((name) => new Queue(name, { connection }));
    void Promise.all(queues.map((queue) => queue.obliterate({ force: true }))).then(() => process.send!('clean'));
  });
  process.send!({ port: app.getHttpServer().address().port });
}
void main();
