// What a test of an application does with `@nestjs/testing`, without a test runner.
import './instrument.js';
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { flush } from '@sentry/nestjs';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';

@Controller('cats')
class CatsController {
  @Get(':id')
  fails() {
    throw new Error('a cat in a test');
  }
}

@Module({ imports: [SentryModule.forRoot()], controllers: [CatsController] })
class AppModule {}

/** As test runners do: nothing that waits for a timer goes on. */
function stopTimers(): void {
  const stopped = () => ({ ref() {}, unref() {}, hasRef: () => false });
  Object.assign(globalThis, { setTimeout: stopped, setInterval: stopped, setImmediate: stopped });
}

async function main() {
  const before = process.getActiveResourcesInfo();
  const builder = Test.createTestingModule({ imports: [AppModule] });
  if (process.env.OVERRIDE) builder.overrideProvider(ErrorTracker).useValue({ captureException: () => 'mocked' });
  const testing = await builder.compile();
  const app =
    process.env.PLATFORM === 'fastify'
      ? testing.createNestApplication(new FastifyAdapter() as any)
      : testing.createNestApplication();
  await app.listen(0, '127.0.0.1');
  process.on('message', (message) => {
    if (message === 'status') void flush(5_000).then((flushed) => process.send!({ flushed }));
    if (message === 'close') {
      const { setImmediate } = globalThis;
      const turn = () => new Promise((resolve) => setImmediate(resolve));
      if (process.env.STOP_TIMERS) stopTimers();
      app.close().then(
        async () => {
          // The sockets of the server close a moment after it.
          for (let turns = 0; turns < 10; turns++) await turn();
          process.send!({ before, after: process.getActiveResourcesInfo() });
        },
        (error: Error) => process.send!({ error: error.message }),
      );
    }
  });
  process.send!({ port: app.getHttpServer().address().port });
}
void main();
