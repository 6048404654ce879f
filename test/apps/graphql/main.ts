import '../shared/instrument.js';
import 'reflect-metadata';
import { startSpan } from '@sentry/nestjs';
import { ApolloDriver } from '@nestjs/apollo';
import { Module, UnauthorizedException } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { SentryModule } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';
import { isBare, WithoutSentry } from '../shared/without-sentry.js';
import { CatsResolver } from './cats.resolver.js';
import { KeptResolver } from './kept.resolver.js';
import { Events } from './events.js';
import { options } from './options.js';
import { PaymentsResolver } from './payments.resolver.js';
import { Pigeons, PigeonsController, PigeonTransport } from './pigeons.js';

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
    if (request.headers?.['x-context'] === 'refuse') throw new UnauthorizedException();
    return startSpan({ name: 'context of an operation', onlyIfParent: true }, () => ({}));
  },
});

@Module({
  imports: [isBare ? WithoutSentry : SentryModule.forRoot(options), graphql],
  controllers: [PigeonsController],
  providers: [CatsResolver, KeptResolver, PaymentsResolver, Events, Pigeons, PigeonTransport],
})
class AppModule {}

async function main() {
  const app = await createApp(AppModule);
  if (process.env.PREFIX) app.setGlobalPrefix(process.env.PREFIX);
  answerTests(app, await listen(app), async (message: any) => ({
    answer: await app.get(PigeonTransport).send(message.pigeon),
  }));
}
void main();
