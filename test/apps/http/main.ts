import '../shared/instrument.js';
import 'reflect-metadata';
import { type MiddlewareConsumer, Module } from '@nestjs/common';
import { SentryModule } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { FailingMiddleware } from '../shared/enhancers.js';
import { IgnoredError } from '../shared/failures.js';
import { initOptions } from '../shared/instrument.js';
import { answerTests, listen } from '../shared/serve.js';
import { isBare, WithoutSentry } from '../shared/without-sentry.js';
import { CatsController } from './cats.controller.js';
import { ShopService } from './shop.service.js';

const hooks = {
  throwing: () => {
    throw new Error('a hook of the application');
  },
};

const options = {
  init: process.env.START === 'late' ? initOptions : undefined,
  capture: { ignore: [IgnoredError, ...(process.env.BROKEN_HOOKS ? [hooks.throwing] : [])] },
  user: process.env.BROKEN_HOOKS
    ? hooks.throwing
    : (request: any) =>
        request.headers['x-resolver'] && { id: `resolved ${request.headers['x-resolver']}`, role: 'buyer' },
  context: {
    tags: process.env.BROKEN_HOOKS ? hooks.throwing : (request: any) => ({ tenant: request.headers['x-tenant'] }),
  },
};

const imported = isBare
  ? WithoutSentry
  : process.env.FORM === 'async'
    ? SentryModule.forRootAsync({ useFactory: async () => options })
    : SentryModule.forRoot(options);

@Module({ imports: isBare ? [] : [SentryModule.forRoot()] })
class FeatureModule {}

@Module({ imports: [imported, FeatureModule], controllers: [CatsController], providers: [ShopService] })
class AppModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(FailingMiddleware).forRoutes('cats/fine/:id');
  }
}

async function main() {
  const app = await createApp(AppModule);
  answerTests(app, await listen(app));
}
void main();
