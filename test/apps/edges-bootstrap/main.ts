import '../shared/instrument.js';
import 'reflect-metadata';
import { Injectable, Module, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SentryModule } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { isBare, WithoutSentry } from '../shared/without-sentry.js';
import { createServer, type AddressInfo } from 'node:net';

const { FAIL = '', KIND = 'http' } = process.env;
const failsAt = (place: string) => FAIL.split(',').includes(place);
const fail = (place: string) => {
  if (failsAt(`${place}:string`)) throw `${place} fails as a string`;
  if (failsAt(place)) throw new Error(`${place} fails`);
};

@Injectable()
class Fragile {
  constructor() {
    fail('constructor');
  }
  async onModuleInit() {
    fail('onModuleInit');
  }
  onApplicationBootstrap() {
    fail('onApplicationBootstrap');
  }
  async onModuleDestroy() {
    fail('onModuleDestroy');
  }
  beforeApplicationShutdown() {
    fail('beforeApplicationShutdown');
  }
  async onApplicationShutdown() {
    fail('onApplicationShutdown');
  }
}

const factory: Provider = {
  provide: 'FACTORY',
  useFactory: async () => {
    fail('factory');
    return 'made';
  },
};

@Module({
  imports: [isBare ? WithoutSentry : SentryModule.forRoot({ capture: { ignore: ['ignored'] } })],
  providers: [Fragile, factory],
})
class AppModule {}

async function takenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return (server.address() as AddressInfo).port;
}

async function start() {
  const abortOnError = process.env.ABORT !== 'false';
  if (KIND === 'context') return NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError });
  const app = await createApp(AppModule, { abortOnError });
  await app.listen(failsAt('port') ? await takenPort() : 0, '127.0.0.1');
  return app;
}

async function main() {
  // Something that keeps the process alive, as a pool of connections would.
  if (process.env.POOL === '1') setInterval(() => undefined, 1_000);
  const app = await start();
  if (process.env.SIGNALS === '1') {
    app.enableShutdownHooks();
    process.send!({ port: 1 });
    return;
  }
  await app.close();
  process.disconnect();
}

if (process.env.HANDLED === '1') {
  main().catch((error: unknown) => {
    process.stdout.write(`handled: ${String(error)}\n`);
    process.exit(3);
  });
} else void main();
