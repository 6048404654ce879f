import '../shared/instrument.js';
import 'reflect-metadata';
import { HttpModule, HttpService } from '@nestjs/axios';
import { CACHE_MANAGER, CacheModule } from '@nestjs/cache-manager';
import { Controller, Get, Inject, Module, Query } from '@nestjs/common';
import axios from 'axios';
import { Redis } from 'ioredis';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { SentryHttpClientModule, trackAxios } from 'nestjs-error-tracker/http-client';
import { SentryRedisModule, trackRedis } from 'nestjs-error-tracker/redis';
import { createRequire } from 'node:module';
import { AsyncLocalStorage } from 'node:async_hooks';
import * as http from 'node:http';
import { lastValueFrom } from 'rxjs';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';

const load = createRequire(`${process.cwd()}/package.json`);
const Sentry = load('@sentry/nestjs');
const parse = (name: string) => JSON.parse(process.env[name] ?? '{}');
const { UPSTREAM = '', REDIS_PORT = '6379' } = process.env;

const CONNECTION = {
  port: Number(REDIS_PORT),
  host: '127.0.0.1',
  maxRetriesPerRequest: 0,
  retryStrategy: () => 50,
  ...parse('REDIS_CLIENT'),
};
const connect = () => new Redis(CONNECTION).on('error', () => undefined);
const silent = process.env.LISTENER === 'none';

@Module({
  providers: [
    { provide: 'REDIS', useFactory: () => (silent ? new Redis(CONNECTION) : connect()) },
    {
      provide: 'AUTO',
      useFactory: () => new Redis({ ...CONNECTION, enableAutoPipelining: true }).on('error', () => undefined),
    },
  ],
  exports: ['REDIS', 'AUTO'],
})
class RedisModule {}

type Step = [kind: string, ...args: any[]];
const storage = new AsyncLocalStorage<string>();

@Controller()
class Front {
  private readonly own = trackRedis(connect(), parse('OWN_REDIS'));
  private readonly untracked = connect();
  private readonly instance = trackAxios(axios.create({ baseURL: UPSTREAM }), parse('OWN_AXIOS'));
  private readonly pool = new http.Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly tracker: ErrorTracker,
    private readonly nest: HttpService,
    @Inject('REDIS') private readonly redis: any,
    @Inject('AUTO') private readonly auto: any,
    @Inject(CACHE_MANAGER) private readonly cache: any,
  ) {}

  /** Runs steps in order; a failure of the last one fails the request, like `fail`. */
  @Get('run')
  async run(@Query('steps') steps: string) {
    const results: unknown[] = [];
    const script = JSON.parse(steps) as Step[];
    for (const [at, step] of script.entries()) {
      try {
        results.push(await this.step(step));
      } catch (error) {
        if (at === script.length - 1) throw error;
        results.push({ failed: (error as Error).name });
      }
    }
    return { results };
  }

  private async step([kind, ...args]: Step): Promise<unknown> {
    const [first, ...rest] = args;
    switch (kind) {
      case 'fail':
        throw new Error(first);
      case 'wrap-and-fail':
        return this.step(first).catch((cause) => {
          throw new Error('wrapped', { cause });
        });
      case 'leave-and-fail':
        void this.step(first).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 50));
        throw new Error('took too long');
      case 'quote-and-fail':
        return this.step(first).catch((error) => {
          throw new Error(`failed: ${error.message}`);
        });
      case 'capture':
        return this.step(first).catch((error) => this.tracker.captureExternalApiError(error, rest[0]) !== undefined);
      case 'tag':
        return Sentry.setTag(first, rest[0]);
      case 'redis':
        return this.redis[first](...rest);
      case 'call':
        return this.redis.call(first, ...rest);
      case 'own':
        return (this.own as any)[first](...rest);
      case 'untracked':
        return (this.untracked as any)[first](...rest);
      case 'auto':
        return Promise.all(rest.map((key: string) => this.auto[first](key)));
      case 'pipeline': {
        const pipeline = this.redis.pipeline().get('a:1');
        for (let n = 0; n < first; n++) pipeline.set(`item:${n}`, n);
        return (await pipeline.get('a:1').exec()).length;
      }
      case 'many': // commands at once, whose failures nobody sees
        return (
          await Promise.allSettled(
            Array.from({ length: first }, (_, n) => this.redis[n % 2 ? 'set' : 'get'](`user:${n}`, n)),
          )
        ).filter(({ status }) => status === 'rejected').length;
      case 'forget': // commands whose promise nobody handles
        for (let n = 0; n < first; n++) void this.redis.get(`user:${n}`);
        return undefined;
      case 'big':
        return this.redis.get(first + 'x'.repeat(1_000_000) + ':42');
      case 'distinct':
        for (let n = 0; n < first; n += 100)
          await Promise.all(Array.from({ length: 100 }, (_, i) => this.redis.get(`thing-${n + i}:${n + i}`)));
        return undefined;
      case 'cache':
        return this.cache[first](...rest);
      case 'wrap':
        return this.cache.wrap(first, async () => 'loaded');
      case 'fetch':
        return (await fetch(UPSTREAM + first, rest[0])).status;
      case 'fetch-timeout':
        return (await fetch(UPSTREAM + first, { signal: AbortSignal.timeout(rest[0]) })).status;
      case 'fetch-at':
        return (await fetch(first)).status;
      case 'undici':
        return (await load('undici').request(UPSTREAM + first)).statusCode;
      case 'undici-throws': {
        const { Agent, interceptors, request } = load('undici');
        const dispatcher = new Agent().compose(interceptors.responseError());
        const error = await request(UPSTREAM + first, { dispatcher }).catch((cause: unknown) => cause);
        await fetch(UPSTREAM + rest[0]);
        throw error;
      }
      case 'service':
        return ((await lastValueFrom(this.nest.request({ url: UPSTREAM + first, ...rest[0] }) as any)) as any).status;
      case 'ky': {
        const { default: ky } = await import('ky');
        return (await ky(UPSTREAM + first, { retry: 0 })).status;
      }
      case 'axios':
        return (await axios.request({ url: UPSTREAM + first, ...rest[0] })).status;
      case 'instance':
        return (await this.instance.get(first, rest[0])).status;
      case 'node':
        return new Promise((resolve, reject) => {
          http
            .get(UPSTREAM + first, (response) => response.resume().on('end', () => resolve(response.statusCode)))
            .on('error', reject);
        });
      case 'pooled':
        return new Promise((resolve, reject) => {
          const request = http.get(UPSTREAM + first, { agent: this.pool }, (response) => {
            response.resume().on('end', () => resolve(storage.getStore() ?? 'none'));
          });
          request.on('error', reject);
        });
      case 'suppressed':
        return Sentry.suppressTracing(async () => (await fetch(UPSTREAM + first)).status);
      case 'unchanged': {
        const { interceptors, defaults } = this.nest.axiosRef as any;
        return {
          request: interceptors.request.handlers.length,
          response: interceptors.response.handlers.length,
          adapter: defaults.adapter,
        };
      }
      default:
        throw new Error(`unknown step ${kind}`);
    }
  }
}

const redisOptions = parse('REDIS_OPTIONS');
if (process.env.KEY_PATTERN === 'own') redisOptions.keyPattern = (key: string) => key.split(':', 1)[0];
if (process.env.KEY_PATTERN === 'throws')
  redisOptions.keyPattern = () => {
    throw new Error('of the application');
  };

@Module({
  imports: [
    SentryModule.forRoot(parse('MODULE')),
    SentryRedisModule.forRoot(redisOptions),
    SentryHttpClientModule.forRoot(parse('HTTP_OPTIONS')),
    RedisModule,
    HttpModule,
    CacheModule.register(),
  ],
  controllers: [Front],
})
class AppModule {}

async function main() {
  const app = await createApp(AppModule);
  const port = await listen(app);
  answerTests(app, port, async (message: any) => ({ unhandled: message.unhandled }));
}
void main();
