import './instrument.js';
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Transport } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ErrorTracker, SentryModule, type SentryModuleOptions } from 'nestjs-error-tracker';
import { ShopController } from './shop.controller.js';
import { ShopService } from './shop.service.js';

const options: SentryModuleOptions = {
  operations: { slowerThan: '5s' },
  budgets: {
    '*': '1h',
    'GET /orders/:orderId': '200ms',
    'GET /many/*': '40ms',
    'GET /stream': '20ms',
    'GET /nowhere': 1,
    'rpc orders.*': '30ms',
  },
};

@Module({
  imports: [SentryModule.forRoot(process.env.BUDGETS === 'off' ? {} : options)],
  controllers: [ShopController],
  providers: [ShopService],
})
class AppModule {}

async function main() {
  const logger = false as const;
  const app =
    process.env.PLATFORM === 'fastify'
      ? await NestFactory.create(AppModule, new FastifyAdapter(), { logger })
      : await NestFactory.create(AppModule, { logger });
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address();
  process.env.OWN_PORT = String(port);
  if (process.env.TCP_PORT) {
    const options = { host: '127.0.0.1', port: Number(process.env.TCP_PORT) };
    app.connectMicroservice({ transport: Transport.TCP, options }, { inheritAppConfig: true });
    await app.startAllMicroservices();
  }
  process.on('message', () => {
    const tracker = app.get(ErrorTracker);
    void tracker.flush('5s').then((flushed) => process.send!({ ...tracker.status(), flushed }));
  });
  process.send!({ port });
}
void main();
