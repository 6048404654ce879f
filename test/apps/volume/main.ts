import './instrument.js';
import 'reflect-metadata';
import * as Sentry from '@sentry/nestjs';
import { Module, VersioningType } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Transport } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { FreightController, OrdersController } from './orders.controller.js';
import { OrderMessages, OrdersGateway } from './messages.js';
import { storms } from './storms.js';

@Module({
  imports: [SentryModule.forRoot({ user: (request: any) => ({ id: request.headers['x-user'] }) })],
  controllers: [OrdersController, FreightController, ...(process.env.RPC_PORT ? [OrderMessages] : [])],
  providers: process.env.RPC_PORT ? [OrdersGateway] : [],
})
class AppModule {}

async function main() {
  const logger = false as const;
  const app =
    process.env.PLATFORM === 'fastify'
      ? await NestFactory.create(AppModule, new FastifyAdapter(), { logger })
      : await NestFactory.create(AppModule, { logger });
  app.setGlobalPrefix(process.env.PREFIX ?? 'shop');
  if (process.env.VERSION) app.enableVersioning({ type: VersioningType.URI, defaultVersion: process.env.VERSION });
  app.enableShutdownHooks();
  if (process.env.RPC_PORT) {
    app.useWebSocketAdapter(new WsAdapter(app));
    const options = { host: '127.0.0.1', port: Number(process.env.RPC_PORT) };
    app.connectMicroservice({ transport: Transport.TCP, options });
    await app.startAllMicroservices();
  }
  await app.listen(0, '127.0.0.1');
  const tracker = app.get(ErrorTracker);
  process.on('message', (message: any) => {
    if (message === 'status') {
      void tracker.flush('20s').then((flushed) => process.send!({ ...tracker.status(), flushed }));
      return;
    }
    if (message === 'counts') {
      process.send!(tracker.status().capture);
      return;
    }
    const { storm, count } = message as { storm: keyof typeof storms; count: number };
    const before = process.cpuUsage();
    void Promise.resolve(storms[storm](tracker, Sentry, count)).then((answer) => {
      const { user, system } = process.cpuUsage(before);
      process.send!({ cpu: (user + system) / 1_000, answer });
    });
  });
  process.send!({ port: app.getHttpServer().address().port });
}
void main();
