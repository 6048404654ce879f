import './instrument.js';
import 'reflect-metadata';
import { ApolloDriver } from '@nestjs/apollo';
import { MiddlewareConsumer, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { ClientProxyFactory, Transport, type ClientProxy, type TcpOptions } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { lastValueFrom } from 'rxjs';
import { entrances } from './entrances.js';
import { Jobs } from './jobs.js';
import { LeaksResolver } from './leaks.resolver.js';
import { record, type Plant } from './plant.js';
import { RpcController } from './rpc.controller.js';
import { FailingMiddleware, WebController } from './web.controller.js';

const tcp: TcpOptions = {
  transport: Transport.TCP,
  options: { host: '127.0.0.1', port: Number(process.env.RPC_PORT) },
};

@Module({
  imports: [
    SentryModule.forRoot(),
    GraphQLModule.forRoot({ driver: ApolloDriver, autoSchemaFile: true, playground: false }),
  ],
  controllers: [WebController, RpcController],
  providers: [LeaksResolver],
})
class AppModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(FailingMiddleware).forRoutes('{*path}');
  }
}

async function create() {
  if (process.env.PLATFORM !== 'fastify') {
    const app = await NestFactory.create<NestExpressApplication>(AppModule, { logger: false });
    app.useBodyParser('text');
    return app;
  }
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule,
    new FastifyAdapter({ maxParamLength: 1000 }),
    { logger: false },
  );
  const forms = app.getHttpAdapter().getInstance();
  forms.addContentTypeParser(/^multipart/, { parseAs: 'string' }, (_request: unknown, body: unknown, done: any) => {
    done(null, body);
  });
  return app;
}

async function main() {
  const app = await create();
  app.connectMicroservice(tcp);
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  const tracker = app.get(ErrorTracker);
  const client: ClientProxy = ClientProxyFactory.create(tcp);
  const jobs = new Jobs(tracker);
  const run = async (through: string, plant: Plant) => {
    if (through === 'rpc message') await lastValueFrom(client.send('leaks.ask', record(plant))).catch(() => undefined);
    else if (through === 'rpc event') await lastValueFrom(client.emit('leaks.tell', record(plant)));
    else if (through === 'job') await jobs.run(record(plant));
    else await tracker.isolate(() => entrances[through]!(plant, tracker));
  };
  process.on('message', (message: 'status' | { through: string; plant: Plant }) => {
    if (message !== 'status') {
      void run(message.through, message.plant).then(
        () => process.send!({ done: message.through }),
        (error) => process.send!({ failed: String(error) }),
      );
      return;
    }
    void tracker.flush('5s').then((flushed) => process.send!({ ...tracker.status(), flushed }));
  });
  process.on('SIGTERM', () => {
    client.close();
    jobs.close();
    void app.close();
  });
  process.send!({ port: app.getHttpServer().address().port });
}
void main();
