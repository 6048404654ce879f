import '../shared/instrument.js';
import 'reflect-metadata';
import { Module, UnauthorizedException } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver } from '@nestjs/mercurius';
import mercurius from 'mercurius';
import { SentryModule } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';
import { isBare, WithoutSentry } from '../shared/without-sentry.js';
import { CatsResolver } from '../graphql/cats.resolver.js';
import { Events } from '../graphql/events.js';
import { options } from '../graphql/options.js';
import { ShapesResolver } from './shapes.resolver.js';

const automatic = mercurius.persistedQueryDefaults.automatic();

/** Formats the errors as the application likes, with FORMATTER=own. */
const errorFormatter = (...args: Parameters<typeof mercurius.defaultErrorFormatter>) => {
  const { statusCode, response } = mercurius.defaultErrorFormatter(...args);
  const errors = response.errors?.map(({ message }) => ({ message: `oh: ${message}` }));
  return { statusCode, response: { ...response, errors } };
};

const graphql = GraphQLModule.forRoot({
  driver: MercuriusDriver,
  autoSchemaFile: true,
  graphiql: false,
  allowBatchedQueries: true,
  jit: 1, // the second request with the same query is compiled
  persistedQueryProvider: {
    ...automatic,
    getQueryFromHash: (hash: string) => {
      if (hash === 'lost') throw new Error('the store of queries is lost');
      return automatic.getQueryFromHash?.(hash);
    },
  },
  subscription: {
    fullWsTransport: true,
    context: (_socket: unknown, request: any) => {
      if (request.query.context === 'fail') throw new Error('no context of a connection');
      return {};
    },
  },
  ...(process.env.FORMATTER === 'own' && { errorFormatter }),
  loaders: {
    Shape: {
      label: async () => {
        throw new Error('a loader fails');
      },
    },
  },
  context: (request: any) => {
    if (request.headers['x-context'] === 'fail') throw new Error('no context can be made');
    if (request.headers['x-context'] === 'refuse') throw new UnauthorizedException();
    return {};
  },
} as never);

@Module({
  imports: [isBare ? WithoutSentry : SentryModule.forRoot(options), graphql],
  providers: [CatsResolver, Events, ShapesResolver],
})
class AppModule {}

async function main() {
  const app = await createApp(AppModule);
  answerTests(app, await listen(app));
}
void main();
