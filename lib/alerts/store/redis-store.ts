import { createHash } from 'node:crypto';
import { clearTimeout, setImmediate, setTimeout } from 'node:timers';
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigurationError } from '../../options/configuration-error.js';
import type { AlertChange, AlertRecord, AlertStore, AlertStoreHost } from '../../options/alert-options.js';
import { shape, text } from '../../options/schema.js';
import { MemoryStore } from './memory-store.js';
import { READ, SIGHT, WRITE } from './redis-scripts.js';

/**
 * What is used of a client of ioredis.
 *
 * @example
 * ```ts
 * import { type RedisLike, redisStore } from 'nestjs-error-tracker/alerts';
 * import Redis from 'ioredis';
 *
 * const client: RedisLike = new Redis(process.env.REDIS_URL!); // or a Cluster
 * redisStore(client);
 * ```
 */
export interface RedisLike {
  eval(script: string, numberOfKeys: number, ...args: (string | number)[]): Promise<unknown>;
}

/** Options of {@link redisStore}. */
export interface RedisStoreOptions {
  /** Of all keys. Default: `nestjs-error-tracker:alerts:`. */
  prefix?: string | undefined;
}

const optionsShape = shape({ prefix: text });
const PREFIX = 'nestjs-error-tracker:alerts:';
/** Milliseconds. */
const DELAY = 100;
const POLL = 5_000;
/** For an answer of Redis. */
const TIMEOUT = 1_000;
/** After a failure, Redis is left alone for this long. */
const RETRY = 5_000;
const ATTEMPTS = 20;
const DAY = 86_400_000;
const RECORD_LIFE = 7 * DAY;
const GROUP_LIFE = 90 * DAY;

/**
 * Counts over all instances together, so that there is one alert instead of one an instance. While Redis is away, each
 * process counts alone, and says so once.
 *
 * @param client - of ioredis; it stays open when the application stops
 * @throws ConfigurationError - if the client is none, or an option is unknown or has a wrong value
 * @example
 * ```ts
 * import Redis from 'ioredis';
 * import { redisStore } from 'nestjs-error-tracker/alerts';
 *
 * redisStore(new Redis(process.env.REDIS_URL!), { prefix: 'orders:alerts:' });
 * ```
 */
export function redisStore(client: RedisLike, options: RedisStoreOptions = {}): AlertStore {
  optionsShape(options, 'redisStore');
  if (typeof (client as Partial<RedisLike> | undefined)?.eval !== 'function') {
    throw new ConfigurationError({
      path: 'redisStore',
      received: client,
      expected: 'a client of ioredis',
      fix: "use for example redisStore(new Redis('redis://localhost'))",
    });
  }
  return new RedisStore(client, options.prefix ?? PREFIX);
}

class RedisStore implements AlertStore {
  readonly delay = DELAY;
  readonly poll = POLL;
  private awayUntil = 0;
  private isAway = false;
  private host: AlertStoreHost | undefined;
  /** The records of this process: what Redis had last, or what was counted since it is away. */
  private readonly local = new MemoryStore(undefined, () => Date.now() + this.offset);
  /** The rules that were counted while Redis is away. */
  private readonly countedAlone = new Set<string>();
  /** How far the clock of Redis is ahead, in milliseconds. */
  private offset = 0;

  constructor(
    private readonly client: RedisLike,
    private readonly prefix: string,
  ) {}

  get mode(): 'redis' | 'local' {
    return this.isAway ? 'local' : 'redis';
  }

  open(host: AlertStoreHost): void {
    this.host = host;
  }

  update<R>(key: string, change: AlertChange<R>): Promise<R> {
    return this.attempt(
      () => this.updateShared(key, change),
      () => {
        this.countedAlone.add(key);
        return this.local.update(key, change);
      },
    );
  }

  sight(group: string): Promise<{ before: number | undefined; now: number }> {
    const key = `${this.prefix}${this.project}:seen:${hash(group)}`;
    return this.attempt(
      async () => {
        const [now, before] = (await this.run(SIGHT, key, GROUP_LIFE)) as [string, string];
        // A Redis that has lost its data does not make known errors new.
        const known = await this.local.sight(group);
        return { now: Number(now), before: before === '' ? known.before : Number(before) };
      },
      () => this.local.sight(group),
    );
  }

  /** Compares and sets: another process may be faster, then everything is computed again from what it has written. */
  private async updateShared<R>(key: string, change: AlertChange<R>): Promise<R> {
    const name = `${this.prefix}${this.project}:rule:${key}`;
    const alone = this.countedAlone.has(key) ? this.local.record(key) : undefined;
    for (let attempt = 1; ; attempt++) {
      const [time, version, data] = (await this.run(READ, name)) as [string, string, string];
      const now = Number(time);
      this.offset = now - Date.now();
      const known = data === '' ? undefined : (JSON.parse(data) as AlertRecord);
      const { record, result } = change(known, now, structuredClone(alone));
      const written = JSON.stringify(record);
      if (written === data || (await this.run(WRITE, name, version, written, RECORD_LIFE)) === 1) {
        this.countedAlone.delete(key);
        // What this process goes on with if Redis is away the next time.
        await this.local.update(key, () => ({ record: JSON.parse(written) as AlertRecord, result: undefined }));
        return result;
      }
      if (attempt === ATTEMPTS) throw new Error('Other processes were always faster');
      await pause(Math.random() * 5 * attempt, undefined, { ref: false });
    }
  }

  private async attempt<R>(shared: () => Promise<R>, alone: () => Promise<R>): Promise<R> {
    if (this.isAway && performance.now() < this.awayUntil) return alone();
    try {
      const result = await shared();
      this.isAway = false;
      return result;
    } catch {
      this.awayUntil = performance.now() + RETRY;
      if (!this.isAway) {
        this.isAway = true;
        this.host?.warn('Redis does not answer: alerts are counted in each process alone until it does.');
      }
      return alone();
    }
  }

  /** A client that has lost its connection may keep commands for as long as it likes. */
  private async run(script: string, key: string, ...args: (string | number)[]): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const timeIsUp = new Promise<never>((_resolve, reject) => {
      // After a long turn of the event loop, the answer may be there, but not read yet.
      timer = setTimeout(() => {
        setImmediate(() => {
          reject(new Error('Redis has not answered in time'));
        });
      }, TIMEOUT).unref();
    });
    try {
      return await Promise.race([this.client.eval(script, 1, key, ...args), timeIsUp]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Applications that share a Redis do not share their alerts. */
  private get project(): string {
    return hash(this.host?.project ?? '');
  }
}

function hash(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 16);
}
