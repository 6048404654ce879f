import './instrument.js';
import 'reflect-metadata';
import { type INestApplication, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SentryModule } from 'nestjs-error-tracker';
import { answerTests, listen } from '../shared/serve.js';
import { isBare, WithoutSentry } from '../shared/without-sentry.js';
import { LinesController, ScopedController } from './lines.controller.js';
import { OwnLogger, printer, RequestLogger } from './printers.js';

const { options, imports, use } = printer();
const logger = process.env.LOGGER_OPTIONS ? JSON.parse(process.env.LOGGER_OPTIONS) : undefined;

@Module({
  imports: [isBare ? WithoutSentry : SentryModule.forRoot({ logger }), ...imports],
  controllers: [LinesController, ScopedController],
  providers: [OwnLogger, RequestLogger],
})
class AppModule {}

async function create(): Promise<INestApplication> {
  if (process.env.PLATFORM !== 'fastify') return NestFactory.create(AppModule, options);
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  return NestFactory.create(AppModule, new FastifyAdapter() as never, options);
}

async function main() {
  const app = await create();
  if (use) app.useLogger(app.get(use));
  new Logger('Start').log('before the server listens');
  const port = await listen(app);
  process.stdout.write('--- started\n');
  process.stderr.write('--- started\n');
  answerTests(app, port);
}
void main();
