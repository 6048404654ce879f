import './instrument.js';
import 'reflect-metadata';
import { plain } from '../plain-sentry.js';
import { Global, Module, type Type } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { ChatGateway } from './chat.gateway.js';
import { GlobalFilter } from './enhancers.js';
import { IgnoredError } from './failures.js';
import { ports } from './ports.js';
import { Visit, VisitGateway } from './visit.gateway.js';

@Global()
@Module({ imports: plain.imports, providers: [ErrorTracker, ...plain.providers], exports: [ErrorTracker] })
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

@Module({
  imports: [imported, FeatureModule],
  // Nest 11 knows no request-scoped gateways.
  providers: [
    ChatGateway,
    ...(process.env.SCOPED === '1' ? [Visit, VisitGateway] : []),
    { provide: APP_FILTER, useClass: GlobalFilter },
  ],
})
class AppModule {}

async function start(module: Type) {
  const logger = process.env.LOGGER === 'on' ? undefined : (false as const);
  const app =
    process.env.PLATFORM === 'fastify'
      ? await NestFactory.create(module, new FastifyAdapter(), { logger })
      : await NestFactory.create(module, { logger });
  app.useWebSocketAdapter(process.env.SOCKETS === 'ws' ? new WsAdapter(app) : new IoAdapter(app));
  app.useGlobalFilters(new GlobalFilter());
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  ports.push(app.getHttpServer().address().port);
  return app;
}

async function main() {
  const app = await start(AppModule);
  if (process.env.OTHERS === '1') {
    const { OtherModules } = await import('./other-applications.js');
    for (const module of OtherModules) await start(module);
  }
  process.on('message', (message) => {
    if (message !== 'status') return;
    const tracker = app.get(ErrorTracker);
    void tracker.flush('5s').then((flushed) => process.send!({ ...tracker.status(), flushed }));
  });
  process.send!({ port: ports[0] });
}
void main();
