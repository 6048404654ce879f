import { guarded } from '../../stats/stats.js';
import * as schema from '../../options/schema.js';
import { keyPattern as defaultPattern } from './key-pattern.js';

/**
 * Options of `SentryRedisModule.forRoot()` and of `trackRedis()`.
 *
 * @example
 * ```ts
 * import { SentryRedisModule } from 'nestjs-error-tracker/redis';
 *
 * SentryRedisModule.forRoot({ ignore: ['PING'], keyPattern: (key) => key.split(':', 2).join(':') });
 * ```
 */
export interface RedisOptions {
  /**
   * Returns what is sent in place of a key, for Redis and for the cache; at most 200 characters of it. If it throws or
   * returns no string, the default applies and the failure is counted as `redis-key-pattern`. Default: numbers, UUIDs,
   * hashes, generated ids and addresses become `*`, as in `user:*:cart`.
   */
  keyPattern?: ((key: string) => string) | undefined;
  /** Commands of Redis without a breadcrumb, in any case: `['PING', 'PUBLISH']`. Default: none. */
  ignore?: string[] | undefined;
}

/** Compiled {@link RedisOptions}. */
export interface RedisSettings {
  readonly options: RedisOptions;
  patternOf(key: string): string;
  /** @param command - in lower case */
  ignores(command: string): boolean;
}

const MAX_PATTERN = 200;

export const redisShape = schema.shape({
  keyPattern: schema.callable,
  ignore: schema.arrayOf(schema.text, 'names of commands'),
});

export function compileRedisSettings(options: RedisOptions): RedisSettings {
  const { keyPattern, ignore = [] } = options;
  const ignored = new Set(ignore.map((command) => command.toLowerCase()));
  return {
    options,
    patternOf: keyPattern ? (key) => ownPattern(keyPattern, key) : defaultPattern,
    ignores: (command) => ignored.has(command),
  };
}

function ownPattern(keyPattern: (key: string) => string, key: string): string {
  const pattern = guarded('redis-key-pattern', () => {
    const result: unknown = keyPattern(key);
    if (typeof result !== 'string') throw new TypeError('no string');
    return result.slice(0, MAX_PATTERN);
  });
  return pattern ?? defaultPattern(key);
}
