// One application of the benchmark of clients: `bare`, `sentry` (plain @sentry/nestjs), `off` (this library, with the
// integrations switched off) or `on`. A scope and a transaction of its own stand for each request of twenty operations.
import { createRequire } from 'node:module';

const [lane, kind, url] = process.argv.slice(2);
const isTracker = kind === 'off' || kind === 'on';
const load = createRequire(`${lane}/package.json`);
process.chdir(lane);

const sdkOptions = {
  dsn: process.env.SENTRY_DSN,
  environment: 'production',
  tracesSampleRate: Number(process.env.RATE ?? 0.1),
};
if (kind === 'sentry') load('@sentry/nestjs').init(sdkOptions);
if (isTracker) load('nestjs-error-tracker/init').initSentry(sdkOptions);

load('reflect-metadata');
const { Module } = load('@nestjs/common');
const { NestFactory } = load('@nestjs/core');
const { CACHE_MANAGER, CacheModule } = load('@nestjs/cache-manager');
const { Redis } = load('ioredis');
const axios = load('axios');
const http = load('node:http');

const OPERATIONS_OF_A_REQUEST = 20;
const integrations = kind === 'off' ? { redis: false, httpClient: false } : undefined;
const tracking = isTracker ? [load('nestjs-error-tracker').SentryModule.forRoot({ integrations })] : [];
class AppModule {}
Module({
  imports: [...tracking, CacheModule.register()],
  providers: [{ provide: 'REDIS', useFactory: () => new Redis() }],
})(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(0, '127.0.0.1');
const redis = app.get('REDIS');
const cache = app.get(CACHE_MANAGER, { strict: false });
const agent = new http.Agent({ keepAlive: true });
const client = axios.create({ httpAgent: agent });
const inRequest = (run) => {
  if (kind === 'bare') return run();
  const { startSpan, withIsolationScope } = load('@sentry/nestjs');
  return withIsolationScope(() => startSpan({ name: 'GET /', op: 'http.server', forceTransaction: true }, run));
};
await cache.set('page:42', 'value');

const operations = {
  redis: (at) => redis.get(`user:${at}:cart`),
  pipeline: undefined,
  cache: () => cache.get('page:42'),
  wrap: () => cache.wrap('page:42', async () => 'value'),
  fetch: async (at) => (await fetch(`${url}/charges/${at}`)).text(),
  axios: (at) => client.get(`${url}/charges/${at}`),
  node: (at) =>
    new Promise((resolve, reject) => {
      http
        .get(`${url}/charges/${at}`, { agent }, (response) => response.resume().on('end', resolve))
        .on('error', reject);
    }),
};
const batch = {
  pipeline: (start) => {
    const pipeline = redis.pipeline();
    for (let at = 0; at < OPERATIONS_OF_A_REQUEST; at++) pipeline[at % 2 ? 'get' : 'set'](`item:${start + at}`, 'x');
    return pipeline.exec();
  },
};

process.on('message', async ({ operation, count }) => {
  const run = async (start) => {
    if (batch[operation]) return batch[operation](start);
    for (let at = start; at < start + OPERATIONS_OF_A_REQUEST; at++) await operations[operation](at);
  };
  const before = process.cpuUsage();
  for (let at = 0; at < count; at += OPERATIONS_OF_A_REQUEST) await inRequest(() => run(at));
  process.send({ cpu: process.cpuUsage(before) });
});
process.send('ready');
