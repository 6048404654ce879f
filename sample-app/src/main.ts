import './instrument.js'; // must come first, so that Sentry can instrument what is loaded after it
import { Logger, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { configuration } from './configuration.js';
import { brokerAt } from './warehouse/broker.js';

async function start(): Promise<void> {
  const { host, port, platform, brokerUrl } = configuration;
  const app = await NestFactory.create(AppModule, platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter());
  app.enableShutdownHooks(); // sends the last events before the process exits
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true }));
  if (brokerUrl) {
    app.connectMicroservice(brokerAt(brokerUrl), { inheritAppConfig: true });
    await app.startAllMicroservices();
  }
  await app.listen(port, host);
  new Logger('Shop').log(`Listening on ${await app.getUrl()} (${platform})`);
}

void start();
