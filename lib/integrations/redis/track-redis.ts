import { Logger } from '@nestjs/common';
import { guarded } from '../../stats/stats.js';
import { ownOptions } from '../../partners/own-options.js';
import { redisShape, type RedisOptions } from './redis-options.js';
import { isRedisClient, trackClient } from './tracked-clients.js';

/**
 * Tracks a client of ioredis that is no provider, or sets options for one that is, and returns the client:
 *
 * ```ts
 * import Redis from 'ioredis';
 * import { trackRedis } from 'nestjs-error-tracker/redis';
 *
 * export const redis = trackRedis(new Redis(), { ignore: ['PUBLISH'] });
 * ```
 *
 * @param options - take precedence over those of `SentryRedisModule`
 * @throws ConfigurationError - if an option is unknown or has a wrong value
 */
export function trackRedis<C extends object>(client: C, options: RedisOptions = {}): C {
  redisShape(options, 'trackRedis');
  guarded('redis', () => {
    if (isRedisClient(client)) trackClient(client, { own: ownOptions(options) });
    else new Logger('SentryModule').warn('trackRedis() has received no client of ioredis. It is not tracked.');
  });
  return client;
}
