import './instrument.js';
import 'reflect-metadata';
import { Global, MiddlewareConsumer, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { EdgesController, IgnoredClass, ReportedController } from './edges.controller.js';
import { StreamsController } from './streams.controller.js';

@Global()
@Module({ providers: [ErrorTracker], exports: [ErrorTracker] })
class WithoutSentry {}

class FailingMiddleware {
  use(request: { headers: Record<string, string | undefined> }, _response: unknown, next: (error?: unknown) => void) {
    if (request.headers['x-fail'] === 'throw') throw new Error('failure in a middleware');
    next(request.headers['x-fail'] === 'next' ? new Error('failure passed on by a middleware') : undefined);
  }
}

const imported =
  process.env.BARE === '1'
    ? WithoutSentry
    : SentryModule.forRoot({
        capture: {
          status: JSON.parse(process.env.STATUS ?? '{}'),
          ignore: [
            IgnoredClass,
            'NamedError',
            'not worth a word',
            /pattern \d+/,
            (error) => (error as { quiet?: boolean } | null)?.quiet === true,
          ],
        },
        user: (request: any) => request.headers['x-user'] && { id: request.headers['x-user'] },
      });

@Module({ imports: [imported], controllers: [EdgesController, ReportedController, StreamsController] })
class AppModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(FailingMiddleware).forRoutes('edges/fine/:id', 'elsewhere');
  }
}

async function main() {
  const logger = false as const;
  const app =
    process.env.PLATFORM === 'fastify'
      ? await NestFactory.create(AppModule, new FastifyAdapter({ bodyLimit: 2_000 }), { logger })
      : await NestFactory.create(AppModule, { logger });
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  const tracker = app.get(ErrorTracker);
  // A timer that no request has started.
  const ticking = setInterval(() => {
    tracker.addBreadcrumb('timer', 'tick of nobody');
  }, 1);
  ticking.unref();
  process.on('message', (message) => {
    if (message !== 'status') return;
    void tracker.flush('5s').then((flushed: boolean) => process.send!({ ...tracker.status(), flushed }));
  });
  process.send!({ port: app.getHttpServer().address().port });
}
void main();
