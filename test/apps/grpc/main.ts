import { initOptions } from '../shared/instrument.js';
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { ClientsModule, Transport, type MicroserviceOptions } from '@nestjs/microservices';
import { SentryModule } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { IgnoredError } from '../shared/failures.js';
import { answerTests, listen } from '../shared/serve.js';
import { isBare, WithoutSentry } from '../shared/without-sentry.js';
import { Clerk } from './clerk.js';
import { Front } from './front.controller.js';
import { OrdersController, ScopedController } from './orders.controller.js';
import { protoFile } from './proto.js';
import { StreamsController } from './streams.controller.js';

const server: MicroserviceOptions = {
  transport: Transport.GRPC,
  options: { package: 'shop', protoPath: protoFile(), url: `127.0.0.1:${process.env.RPC_PORT}` },
};

const init = process.env.START === 'late' ? initOptions : undefined;
const sentry = () => SentryModule.forRoot({ init, capture: { ignore: [IgnoredError] } });
@Module({
  imports: [
    isBare ? WithoutSentry : sentry(),
    ClientsModule.register([{ ...(server as object), name: 'SHOP' } as never]),
  ],
  controllers: [OrdersController, StreamsController, ScopedController, Front],
  providers: [Clerk],
})
class AppModule {}

async function main() {
  const app = await createApp(AppModule);
  app.connectMicroservice(server, { inheritAppConfig: process.env.INHERIT === '1' });
  await app.startAllMicroservices();
  answerTests(app, await listen(app));
}
void main();
