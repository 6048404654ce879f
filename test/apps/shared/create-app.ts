import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

/** The application on the platform that PLATFORM names; an adapter is loaded only if it is used, for fast starts. */
export async function createApp(
  module: Type,
  { fastify = {}, ...options }: { fastify?: object; abortOnError?: boolean } = {},
): Promise<INestApplication> {
  const logger = process.env.LOGGER === 'on' ? undefined : (false as const);
  if (process.env.PLATFORM !== 'fastify') return NestFactory.create(module, { logger, ...options });
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  return NestFactory.create(module, new FastifyAdapter(fastify) as never, { logger, ...options });
}
