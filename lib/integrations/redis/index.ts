/**
 * The entry point `nestjs-error-tracker/redis` for ioredis and the cache manager. Clients and caches among the providers
 * are tracked without it; it takes options, and other clients.
 *
 * @packageDocumentation
 */
export { SentryRedisModule } from './sentry-redis.module.js';
export { trackRedis } from './track-redis.js';
export type { RedisOptions } from './redis-options.js';
export type { ApplicationValue } from '../../options/application-value.js';
export type { OptionsFactory, SentryAsyncOptions } from '../../partners/async-options.js';
