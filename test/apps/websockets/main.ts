import '../shared/instrument.js';
import 'reflect-metadata';
import { type INestApplication, Module, type Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { SentryModule } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { IgnoredError } from '../shared/failures.js';
import { initOptions } from '../shared/instrument.js';
import { answerTests, listen } from '../shared/serve.js';
import { isBare, WithoutSentry } from '../shared/without-sentry.js';
import { ChatGateway } from './chat.gateway.js';
import { GlobalFilter } from './enhancers.js';
import { ports } from './ports.js';
import { Visit, VisitGateway } from './visit.gateway.js';

const imported = isBare
  ? WithoutSentry
  : SentryModule.forRoot({
      init: process.env.START === 'late' ? initOptions : undefined,
      capture: { ignore: [IgnoredError] },
      // A socket that says nothing of it has no `resolved`; null makes the resolver fail.
      user: (client: any) =>
        client.resolved !== undefined && { id: `resolved ${client.resolved.toString()}`, role: 'buyer' },
      context: { tags: (client: any) => ({ platform: client.handshake ? 'socket.io' : 'ws' }) },
    });

@Module({ imports: isBare ? [] : [SentryModule.forRoot()] })
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

async function socketAdapter(app: INestApplication) {
  if (process.env.SOCKETS === 'ws') return new (await import('@nestjs/platform-ws')).WsAdapter(app);
  return new (await import('@nestjs/platform-socket.io')).IoAdapter(app);
}

async function start(module: Type) {
  const app = await createApp(module);
  app.useWebSocketAdapter(await socketAdapter(app));
  app.useGlobalFilters(new GlobalFilter());
  ports.push(await listen(app));
  return app;
}

async function main() {
  const app = await start(AppModule);
  if (process.env.OTHERS === '1') {
    const { OtherModules } = await import('./other-applications.js');
    for (const module of OtherModules) await start(module);
  }
  answerTests(app, ports[0]!);
}
void main();
