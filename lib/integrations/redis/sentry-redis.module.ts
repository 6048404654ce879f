import { type DynamicModule, Module } from '@nestjs/common';
import type { SentryAsyncOptions } from '../../partners/async-options.js';
import type { RedisOptions } from './redis-options.js';
import { redis } from './redis-partner.js';

/**
 * Options for Redis and the cache, beside `SentryModule`, in any module of the application. Without it, they are tracked
 * with the defaults. Importing it again changes nothing.
 *
 * ```ts
 * import { SentryRedisModule } from 'nestjs-error-tracker/redis';
 *
 * @Module({
 *   imports: [SentryModule.forRoot(), SentryRedisModule.forRoot({ ignore: ['PING'] })],
 * })
 * export class AppModule {}
 * ```
 */
@Module({})
export class SentryRedisModule {
  /** @throws ConfigurationError - if an option is unknown or has a wrong value; at bootstrap, without `SentryModule` */
  static forRoot(options: RedisOptions = {}): DynamicModule {
    return redis.moduleWith(SentryRedisModule, options);
  }

  /**
   * Like {@link SentryRedisModule.forRoot}, with options from a factory that can inject dependencies.
   *
   * @throws ConfigurationError - if there is no factory; at bootstrap, if its options are invalid
   */
  static forRootAsync(options: SentryAsyncOptions<RedisOptions>): DynamicModule {
    return redis.moduleWithAsync(SentryRedisModule, options);
  }
}
