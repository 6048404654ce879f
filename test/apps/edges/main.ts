import '../shared/instrument.js';
import 'reflect-metadata';
import { type MiddlewareConsumer, Module } from '@nestjs/common';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { FailingMiddleware } from '../shared/enhancers.js';
import { answerTests, listen } from '../shared/serve.js';
import { isBare, WithoutSentry } from '../shared/without-sentry.js';
import { EdgesController, IgnoredClass, ReportedController } from './edges.controller.js';
import { StreamsController } from './streams.controller.js';

const imported = isBare
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
  const app = await createApp(AppModule, { fastify: { bodyLimit: 2_000 } });
  const port = await listen(app);
  const tracker = app.get(ErrorTracker);
  // A timer that no request has started.
  const ticking = setInterval(() => {
    tracker.addBreadcrumb('timer', 'tick of nobody');
  }, 1);
  ticking.unref();
  answerTests(app, port);
}
void main();
