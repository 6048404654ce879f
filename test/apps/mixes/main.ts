import { startAt } from './instrument.js';
import 'reflect-metadata';
import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import * as Sentry from '@sentry/nestjs';
import { SentryGlobalFilter, SentryModule as PlainModule } from '@sentry/nestjs/setup';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';

/** Not as one text, which would be in the source lines of a stack. */
const secret = ['hunter2', 'secret'].join('-');

@Controller()
class FailingController {
  @Get('fail/:id')
  fail() {
    Sentry.addBreadcrumb({ category: 'app', message: `password=${secret}` });
    throw new TypeError(`broken with password=${secret}`);
  }
}

/** A provider that starts Sentry with what another one knows, such as the configuration. */
@Injectable()
class LateStart {
  constructor() {
    startAt('provider');
  }
  onApplicationBootstrap() {
    startAt('bootstrap');
  }
}

const modules = new Set(process.env.MODULES?.split(','));
const options = JSON.parse(process.env.OPTIONS ?? '{}');

@Module({
  imports: [
    ...(modules.has('plain') ? [PlainModule.forRoot()] : []),
    ...(modules.has('ours') ? [SentryModule.forRoot(options)] : []),
  ],
  providers: [LateStart, ...(modules.has('filter') ? [{ provide: APP_FILTER, useClass: SentryGlobalFilter }] : [])],
  controllers: [FailingController],
})
class AppModule {}

async function main() {
  if (process.env.FOLDER) process.chdir(process.env.FOLDER);
  startAt('main');
  const app = await NestFactory.create(AppModule, { logger: ['log', 'warn'] });
  if (modules.has('used filter')) app.useGlobalFilters(new SentryGlobalFilter(app.getHttpAdapter()));
  await app.listen(0, '127.0.0.1');
  await new Promise(setImmediate); // the notes of the start are given by then
  startAt('listening');
  process.on('message', () => {
    void Sentry.flush(5_000).then(() => {
      process.send!(modules.has('ours') ? app.get(ErrorTracker).status() : {});
    });
  });
  process.send!({ port: app.getHttpServer().address().port });
}
void main();
