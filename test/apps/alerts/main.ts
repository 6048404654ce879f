import '../shared/instrument.js';
import 'reflect-metadata';
import { Controller, Get, HttpException, Injectable, Module, Param, Query } from '@nestjs/common';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import * as alerts from 'nestjs-error-tracker/alerts';
import * as Sentry from '@sentry/nestjs';
import { ScheduleModule, Timeout } from '@nestjs/schedule';
import { SentryBullMqModule } from 'nestjs-error-tracker/bullmq';
import { Redis } from 'ioredis';
import { BullModule, InjectQueue, Processor, WorkerHost } from '@nestjs/bullmq';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';

const { ALERTS, REDIS_URL, ALERT_PREFIX, QUEUE } = process.env;
const redis = REDIS_URL ? new Redis(REDIS_URL, { lazyConnect: true }) : undefined;

/** JSON has no functions: `["slack", { "webhookUrl": "…" }]` stands for `slack({ webhookUrl: '…' })`. */
const make = ([name, ...args]: [string, ...unknown[]]): any => (alerts as any)[name](...args);

function optionsOf(text: string): alerts.AlertOptions {
  const { rules, channels, ...rest } = JSON.parse(text);
  return {
    ...rest,
    ...(rules && { rules: rules.flatMap(make) }),
    ...(channels && {
      channels: Object.fromEntries(Object.entries<any>(channels).map(([name, each]) => [name, make(each)])),
    }),
    ...(redis && { store: alerts.redisStore(redis, { prefix: ALERT_PREFIX }) }),
  };
}

@Injectable()
class Orders {
  constructor(private readonly tracker: ErrorTracker) {}
  fail(type: string, message: string): never {
    throw Object.assign(new Error(message), { name: type });
  }
  pay(message: string) {
    this.tracker.capturePaymentError(new Error(message), { provider: 'stripe' });
  }
}

@Controller()
class OrdersController {
  constructor(private readonly orders: Orders) {}
  @Get('ok') ok() {
    return 'ok';
  }
  @Get('health') health() {
    return 'ok';
  }
  @Get('orders/:id') find(@Query('message') message = 'boom', @Query('type') type = 'Error') {
    Sentry.setTag('shelf', 'upper');
    return this.orders.fail(type, message);
  }
  @Get('status/:code') answer(@Param('code') code: string) {
    throw new HttpException(`status ${code}`, Number(code));
  }
  @Get('pay') pay(@Query('message') message = 'declined') {
    this.orders.pay(message);
    return 'handled';
  }
  @Get('slow') async slow(@Query('ms') ms: string) {
    await new Promise((resolve) => setTimeout(resolve, Number(ms)));
    return 'ok';
  }
}

@Controller('jobs')
class JobsController {
  constructor(@InjectQueue(QUEUE ?? 'none') private readonly queue: any) {}
  @Get(':name') async add(@Param('name') name: string, @Query('attempts') attempts = '1') {
    await this.queue.add(name, {}, { attempts: Number(attempts), backoff: 10 });
    return 'added';
  }
}

@Processor(QUEUE ?? 'none')
class FailingProcessor extends WorkerHost {
  /** A job named `flaky` succeeds at last. */
  async process(job: any): Promise<string> {
    if (job.name === 'flaky' && job.attemptsMade > 0) return 'done';
    Sentry.setTag('queue', 'of the application');
    throw new Error(`job ${job.name} failed`);
  }
}

@Injectable()
class Reports {
  @Timeout('nightly', 10) nightly() {
    throw new Error('no report');
  }
}

const jobs = QUEUE
  ? {
      imports: [
        BullModule.forRoot({ connection: { host: '127.0.0.1', port: 6379 } }),
        BullModule.registerQueue({ name: QUEUE }),
        SentryBullMqModule.forRoot({ report: (process.env.REPORT ?? 'last') as 'last' }),
        ScheduleModule.forRoot(),
      ],
      controllers: [JobsController],
      providers: [FailingProcessor, Reports],
    }
  : { imports: [], controllers: [], providers: [] };

@Module({
  imports: [
    ...jobs.imports,
    SentryModule.forRoot({
      user: (request: any) => request.headers['x-user'] && { id: request.headers['x-user'] },
      context: { tags: (request: any) => ({ tenant: request.headers['x-tenant'] }) },
      ...(ALERTS && { alerts: optionsOf(ALERTS) }),
    }),
  ],
  controllers: [OrdersController, ...jobs.controllers],
  providers: [Orders, ...jobs.providers],
})
class AppModule {}

async function main() {
  const app = await createApp(AppModule);
  const running = app.get(alerts.Alerts);
  const port = await listen(app);
  answerTests(app, port, async (message: any) => {
    if (message === 'active') return running.active();
    if (message === 'alerts') return app.get(ErrorTracker).status().alerts ?? { none: true };
    if (message.acknowledge) return { acknowledged: await running.acknowledge(message.acknowledge) };
    if (message.notify) {
      try {
        await running.notify(message.notify, message.message);
        return { done: true };
      } catch (error) {
        return { refused: String(error) };
      }
    }
    return undefined;
  });
}
void main();
