import './instrument.js';
import 'reflect-metadata';
import { plain } from '../shared/without-sentry.js';
import { Controller, Get, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { captureException } from '@sentry/nestjs';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';

const isPlain = process.env.PLAIN === '1';
let memory = 0;
setInterval(() => (memory = Math.max(memory, process.memoryUsage().rss)), 50).unref();

@Controller()
class FailingController {
  @Get('fail/:text')
  fail(@Param('text') text: string) {
    throw new Error(text);
  }

  @Get('fine')
  fine() {
    return 'fine';
  }

  /** Captures errors, ten in each turn of the event loop. */
  @Get('burst/:count/:text')
  async burst(@Param('count') count: string, @Param('text') text: string) {
    for (let at = 0; at < Number(count); at++) {
      captureException(new Error(`${text} ${at}`));
      if (at % 10 === 9) await new Promise((resolve) => setImmediate(resolve));
    }
    return 'raised';
  }

  @Get('crash/:text')
  crash(@Param('text') text: string) {
    setImmediate(() => {
      throw new Error(text);
    });
    return 'crashing';
  }

  @Get('memory')
  memory() {
    return { peak: memory, now: process.memoryUsage().rss };
  }
}

@Module({
  imports: isPlain ? plain.imports : [SentryModule.forRoot()],
  providers: plain.providers,
  controllers: [FailingController],
})
class AppModule {}

async function main() {
  const app =
    process.env.PLATFORM === 'fastify'
      ? await NestFactory.create(AppModule, new FastifyAdapter(), { logger: false })
      : await NestFactory.create(AppModule, { logger: false });
  if (process.env.SHUTDOWN_HOOKS !== '0') app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  process.on('message', (message: any) => {
    const tracker = isPlain ? undefined : app.get(ErrorTracker);
    if (message === 'status') process.send!(tracker?.status() ?? {});
    if (typeof message !== 'object') return;
    const startedAt = Date.now();
    void tracker?.flush(message.flush).then((flushed) => {
      process.send!({ flushed, took: Date.now() - startedAt, ...tracker.status() });
    });
  });
  if (process.env.TELL_HANDED) {
    let circuit = '';
    setInterval(() => {
      const state = app.get(ErrorTracker).status().delivery.circuit;
      if (state !== circuit) process.send!({ circuit: (circuit = state) });
    }, 20).unref();
  }
  process.send!({ port: app.getHttpServer().address().port });
}
void main();
