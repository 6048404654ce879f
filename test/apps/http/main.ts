import './instrument.js';
import 'reflect-metadata';
import { plain } from '../plain-sentry.js';
import { Global, MiddlewareConsumer, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { CatsController } from './cats.controller.js';
import { FailingMiddleware } from './enhancers.js';
import { IgnoredError } from './failures.js';
import { ShopService } from './shop.service.js';

@Global()
@Module({ imports: plain.imports, providers: [ErrorTracker, ...plain.providers], exports: [ErrorTracker] })
class WithoutSentry {}

const hooks = {
  throwing: () => {
    throw new Error('a hook of the application');
  },
};

const options = {
  init: process.env.START === 'late' ? JSON.parse(process.env.INIT ?? '{}') : undefined,
  capture: { ignore: [IgnoredError, ...(process.env.BROKEN_HOOKS ? [hooks.throwing] : [])] },
  user: process.env.BROKEN_HOOKS
    ? hooks.throwing
    : (request: any) =>
        request.headers['x-resolver'] && { id: `resolved ${request.headers['x-resolver']}`, role: 'buyer' },
  context: {
    tags: process.env.BROKEN_HOOKS ? hooks.throwing : (request: any) => ({ tenant: request.headers['x-tenant'] }),
  },
};

const imported =
  process.env.BARE === '1'
    ? WithoutSentry
    : process.env.FORM === 'async'
      ? SentryModule.forRootAsync({ useFactory: async () => options })
      : SentryModule.forRoot(options);

@Module({ imports: process.env.BARE === '1' ? [] : [SentryModule.forRoot()] })
class FeatureModule {}

@Module({ imports: [imported, FeatureModule], controllers: [CatsController], providers: [ShopService] })
class AppModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(FailingMiddleware).forRoutes('cats/fine/:id');
  }
}

async function main() {
  const logger = process.env.LOGGER === 'on' ? undefined : (false as const);
  const app =
    process.env.PLATFORM === 'fastify'
      ? await NestFactory.create(AppModule, new FastifyAdapter(), { logger })
      : await NestFactory.create(AppModule, { logger });
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  process.on('message', (message) => {
    if (message !== 'status') return;
    const tracker = app.get(ErrorTracker);
    void tracker.flush('5s').then((flushed) => process.send!({ ...tracker.status(), flushed }));
  });
  process.send!({ port: app.getHttpServer().address().port });
}
void main();
