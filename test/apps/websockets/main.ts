import './instrument.js';
import 'reflect-metadata';
import { Global, Module, Scope } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { ChatGateway } from './chat.gateway.js';
import { GlobalFilter } from './enhancers.js';
import { IgnoredError } from './failures.js';

@Global()
@Module({ providers: [ErrorTracker], exports: [ErrorTracker] })
class WithoutSentry {}

const imported =
  process.env.BARE === '1'
    ? WithoutSentry
    : SentryModule.forRoot({
        init: process.env.START === 'late' ? JSON.parse(process.env.INIT ?? '{}') : undefined,
        capture: { ignore: [IgnoredError] },
        // A socket that says nothing of it has no `resolved`; null makes the resolver fail.
        user: (client: any) =>
          client.resolved !== undefined && { id: `resolved ${client.resolved.toString()}`, role: 'buyer' },
        context: { tags: (client: any) => ({ platform: client.handshake ? 'socket.io' : 'ws' }) },
      });

@Module({ imports: process.env.BARE === '1' ? [] : [SentryModule.forRoot()] })
class FeatureModule {}

const scoped = process.env.SCOPED === '1' ? [{ provide: 'SCOPED', scope: Scope.REQUEST, useFactory: () => ({}) }] : [];

@Module({
  imports: [imported, FeatureModule],
  providers: [ChatGateway, ...scoped, { provide: APP_FILTER, useClass: GlobalFilter }],
})
class AppModule {}

async function main() {
  const logger = process.env.LOGGER === 'on' ? undefined : (false as const);
  const app =
    process.env.PLATFORM === 'fastify'
      ? await NestFactory.create(AppModule, new FastifyAdapter(), { logger })
      : await NestFactory.create(AppModule, { logger });
  app.useWebSocketAdapter(process.env.SOCKETS === 'ws' ? new WsAdapter(app) : new IoAdapter(app));
  app.useGlobalFilters(new GlobalFilter());
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  process.on('message', (message) => {
    if (message !== 'status') return;
    const tracker = app.get(ErrorTracker);
    void tracker.flush('5s').then((flushed) => process.send!({ ...tracker.status(), flushed }));
  });
  process.send!({ port: app.getHttpServer().address().port });
}
void main();
