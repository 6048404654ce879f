import './instrument.js';
import 'reflect-metadata';
import { plain } from '../plain-sentry.js';
import { startSpan } from '@sentry/nestjs';
import { ApolloDriver } from '@nestjs/apollo';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { CatsResolver } from './cats.resolver.js';
import { Events } from './events.js';
import { IgnoredError } from './failures.js';
import { PaymentsResolver } from './payments.resolver.js';
import { Pigeons, PigeonsController, PigeonTransport } from './pigeons.js';

@Global()
@Module({ imports: plain.imports, providers: [ErrorTracker, ...plain.providers], exports: [ErrorTracker] })
class WithoutSentry {}

const options = {
  init: process.env.START === 'late' ? {} : undefined,
  capture: { ignore: [IgnoredError] },
  user: (request: any) => request.headers?.['x-resolver'] && { id: `resolved ${request.headers['x-resolver']}` },
  context: { tags: (request: any) => ({ tenant: request.headers?.['x-tenant'] }) },
};

const noContext = () => {
  throw new Error('no context can be made');
};

const graphql = GraphQLModule.forRoot({
  driver: ApolloDriver,
  autoSchemaFile: true,
  playground: false,
  ...(process.env.GRAPHQL_PATH && { path: process.env.GRAPHQL_PATH }),
  useGlobalPrefix: true,
  allowBatchedHttpRequests: true,
  fieldResolverEnhancers: (process.env.ENHANCERS ?? '').split(',').filter(Boolean),
  subscriptions: { 'graphql-ws': process.env.WS === 'object' ? { path: '/graphql' } : true },
  context: (given: any) => {
    const request = given.req ?? given;
    if (request.headers?.['x-context'] === 'fail' || request.connectionParams?.context === 'fail') noContext();
    return startSpan({ name: 'context of an operation', onlyIfParent: true }, () => ({}));
  },
});

@Module({
  imports: [process.env.BARE === '1' ? WithoutSentry : SentryModule.forRoot(options), graphql],
  controllers: [PigeonsController],
  providers: [CatsResolver, PaymentsResolver, Events, Pigeons, PigeonTransport],
})
class AppModule {}

async function main() {
  const logger = process.env.LOGGER === 'on' ? undefined : (false as const);
  const app =
    process.env.PLATFORM === 'fastify'
      ? await NestFactory.create(AppModule, new FastifyAdapter(), { logger })
      : await NestFactory.create(AppModule, { logger });
  app.enableShutdownHooks();
  if (process.env.PREFIX) app.setGlobalPrefix(process.env.PREFIX);
  await app.listen(0, '127.0.0.1');
  process.on('message', (message: any) => {
    if (message.pigeon)
      void app
        .get(PigeonTransport)
        .send(message.pigeon)
        .then((answer) => process.send!({ answer }));
    if (message !== 'status') return;
    const tracker = app.get(ErrorTracker);
    void tracker.flush('5s').then((flushed) => process.send!({ ...tracker.status(), flushed }));
  });
  process.send!({ port: app.getHttpServer().address().port });
}
void main();
