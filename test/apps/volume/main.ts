import '../shared/instrument.js';
import 'reflect-metadata';
import * as Sentry from '@sentry/nestjs';
import { type INestApplication, Module, VersioningType } from '@nestjs/common';
import { Transport } from '@nestjs/microservices';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';
import { FreightController, OrdersController } from './orders.controller.js';
import { OrderMessages, OrdersGateway } from './messages.js';
import { storms } from './storms.js';

@Module({
  imports: [SentryModule.forRoot({ user: (request: any) => ({ id: request.headers['x-user'] }) })],
  controllers: [OrdersController, FreightController, ...(process.env.RPC_PORT ? [OrderMessages] : [])],
  providers: process.env.RPC_PORT ? [OrdersGateway] : [],
})
class AppModule {}

async function connectTransports(app: INestApplication, port: number) {
  const { WsAdapter } = await import('@nestjs/platform-ws');
  app.useWebSocketAdapter(new WsAdapter(app));
  app.connectMicroservice({ transport: Transport.TCP, options: { host: '127.0.0.1', port } });
  await app.startAllMicroservices();
}

async function main() {
  const app = await createApp(AppModule);
  app.setGlobalPrefix(process.env.PREFIX ?? 'shop');
  if (process.env.VERSION) app.enableVersioning({ type: VersioningType.URI, defaultVersion: process.env.VERSION });
  if (process.env.RPC_PORT) await connectTransports(app, Number(process.env.RPC_PORT));
  const port = await listen(app);
  const tracker = app.get(ErrorTracker);
  const answer = async (message: any) => {
    if (message === 'counts') return tracker.status().capture;
    const { storm, count } = message as { storm: keyof typeof storms; count: number };
    const before = process.cpuUsage();
    const answered = await storms[storm](tracker, Sentry, count);
    const { user, system } = process.cpuUsage(before);
    return { cpu: (user + system) / 1_000, answer: answered };
  };
  answerTests(app, port, answer, '20s');
}
void main();
