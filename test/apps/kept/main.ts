import './instrument.js';
import 'reflect-metadata';
import { Controller, Get, Module, UseGuards, type CanActivate, InternalServerErrorException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import * as Sentry from '@sentry/nestjs';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { isBare, WithoutSentry } from '../shared/without-sentry.js';

class Guard implements CanActivate {
  canActivate() {
    return true;
  }
}

class Service {
  @Sentry.SentryTraced('own op')
  traced() {
    return 1;
  }
}

/** Each handler does what applications do with the plain SDK. */
@Controller()
class KeptController {
  @Get('name/:id')
  name() {
    Sentry.getIsolationScope().setTransactionName('my own name');
    throw new Error('named');
  }

  @Get('span/:id')
  span() {
    Sentry.updateSpanName(Sentry.getRootSpan(Sentry.getActiveSpan()!), 'renamed by me');
    return {};
  }

  @Get('response/:id')
  response() {
    Sentry.setContext('response', { body_size: 3 });
    throw new Error('with a response');
  }

  @Get('isolated/:id')
  isolated() {
    Sentry.withIsolationScope(() => Sentry.captureException(new Error('isolated')));
    return {};
  }

  @Get('logs/:id')
  @UseGuards(Guard)
  logs() {
    Sentry.logger.info('a log');
    Sentry.metrics.count('a metric', 1);
    new Service().traced();
    return {};
  }

  @Get('denied/:id')
  denied() {
    const error = new Error('denied');
    error.stack = 'Error: denied\n    at run (/srv/denied-script.js:1:1)';
    throw error;
  }

  @Get('console/:id')
  console() {
    console.info('a breadcrumb');
    throw new Error('after a breadcrumb');
  }

  @Get('captured-wrapped/:id')
  capturedWrapped() {
    const error = new Error('inner');
    Sentry.captureException(error);
    throw new InternalServerErrorException('outer', { cause: error });
  }

  @Get('captured-frozen/:id')
  capturedFrozen() {
    const error = Object.freeze(new Error('frozen'));
    Sentry.captureException(error);
    throw error;
  }

  @Get('captured-text/:id')
  capturedText() {
    Sentry.captureException('a text');
    throw 'a text';
  }

  @Get('feedback/:id')
  feedback() {
    Sentry.captureFeedback({ name: 'Jane', email: 'jane@example.com', message: 'Ask jane@example.com about it' });
    return {};
  }

  @Get('close/:id')
  async close() {
    await Sentry.close(2_000);
    throw new Error('after close');
  }
}

@Module({ imports: [isBare ? WithoutSentry : SentryModule.forRoot()], controllers: [KeptController] })
class AppModule {}

async function main() {
  const logger = false as const;
  const app =
    process.env.PLATFORM === 'fastify'
      ? await NestFactory.create(AppModule, new FastifyAdapter(), { logger })
      : await NestFactory.create(AppModule, { logger });
  await app.listen(0, '127.0.0.1');
  process.on('message', () => {
    const tracker = app.get(ErrorTracker);
    void Sentry.flush(5_000).then(() => process.send!(tracker.status()));
  });
  process.send!({ port: app.getHttpServer().address().port });
}
void main();
