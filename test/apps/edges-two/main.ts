import '../shared/instrument.js';
import 'reflect-metadata';
import { Controller, Get, HttpException, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ErrorTracker, SentryModule, TrackOperation, type SentryModuleOptions } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { listen } from '../shared/serve.js';

const warnings: string[] = [];
process.on('warning', ({ name, message }) => warnings.push(`${name}: ${message}`));

async function application(name: string, options: SentryModuleOptions): Promise<INestApplication> {
  @Controller()
  class ThingsController {
    constructor(readonly tracker: ErrorTracker) {}
    @Get('fail')
    fail(): never {
      throw new Error(`${name} fails`);
    }
    @Get('shared')
    shared(): never {
      throw new Error('a failure of both');
    }
    @Get('gone')
    gone(): never {
      throw new HttpException(`${name} gone`, 410);
    }
    @Get('waits')
    @TrackOperation('waits')
    async waits() {
      await new Promise((resolve) => setTimeout(resolve, 40));
      return this.tracker.track('waits inside', () => new Promise((resolve) => setTimeout(() => resolve({}), 40)));
    }
    @Get('captured')
    captured() {
      return { id: this.tracker.captureException(new Error('a failure of both, captured')) ?? null };
    }
  }
  @Module({ imports: [SentryModule.forRoot(options)], controllers: [ThingsController] })
  class AppModule {}
  const app = await createApp(AppModule);
  await listen(app);
  return app;
}

const portOf = (app: INestApplication) => app.getHttpServer().address().port as number;

const listeners = () =>
  Object.fromEntries(process.eventNames().map((event) => [String(event), process.listenerCount(event)]));

async function main() {
  const first = await application('first', {
    user: (request: any) => ({ id: `first ${request.headers['x-user']}` }),
    context: { tags: () => ({ app: 'first' }) },
    capture: { ignore: ['of both'] },
    operations: { slowerThan: '10ms' },
    budgets: { 'GET /waits': '10ms' },
  });
  const second = await application('second', {
    user: (request: any) => ({ id: `second ${request.headers['x-user']}` }),
    context: { tags: () => ({ app: 'second' }) },
    capture: { status: { 410: 1 } },
    operations: { slowerThan: '1h' },
  });
  const commands: Record<string, () => Promise<unknown>> = {
    status: async () => {
      const tracker = second.get(ErrorTracker);
      const flushed = await tracker.flush('5s');
      return { ...tracker.status(), flushed };
    },
    close: async () => first.close(),
    many: async () => {
      const before = listeners();
      for (let n = 0; n < 50; n++) {
        const app = await application(`app ${n}`, { context: { tags: () => ({ app: `app ${n}` }) } });
        await fetch(`http://127.0.0.1:${portOf(app)}/fail`);
        await app.close();
      }
      const registry = (globalThis as any)[Symbol.for('nestjs-error-tracker@1.applications')];
      return { before, after: listeners(), warnings, registered: registry.all.size };
    },
    'failing-starts': async () => {
      const registry = (globalThis as any)[Symbol.for('nestjs-error-tracker@1.applications')];
      const before = registry.all.size;
      for (let n = 0; n < 5; n++) {
        @Module({
          imports: [SentryModule.forRoot({ context: { tags: () => ({ n }) } })],
          providers: [
            {
              provide: 'X',
              useFactory: () => {
                throw new Error('never starts');
              },
            },
          ],
        })
        class Broken {}
        await NestFactory.create(Broken, { logger: false, abortOnError: false }).catch(() => undefined);
      }
      return { before, after: registry.all.size };
    },
  };
  process.on('message', (message) => {
    void commands[String(message)]!().then((answer) => process.send!(answer ?? { done: true }));
  });
  process.send!({ port: portOf(first), ports: [portOf(first), portOf(second)] });
}
void main();
