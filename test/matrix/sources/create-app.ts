import type { INestApplication, LogLevel, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

/** The application on the platform that PLATFORM names; only its adapter is loaded. */
export async function createApp(module: Type): Promise<INestApplication> {
  const logger: LogLevel[] = ['warn', 'fatal'];
  const app = await NestFactory.create(module, await adapter(), { logger });
  return app.enableShutdownHooks();
}

async function adapter() {
  if (process.env['PLATFORM'] === 'fastify') {
    const { FastifyAdapter } = await import('@nestjs/platform-fastify');
    return new FastifyAdapter();
  }
  const { ExpressAdapter } = await import('@nestjs/platform-express');
  return new ExpressAdapter();
}
