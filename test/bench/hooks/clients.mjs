import { load, serve, serviceUrl, startApplication } from './application.mjs';

const { CACHE_MANAGER, CacheModule } = load('@nestjs/cache-manager');
const { Redis } = load('ioredis');
const axios = load('axios');
const http = load('node:http');

const PER_REQUEST = 20;

const app = await startApplication({
  root: { imports: [CacheModule.register()], providers: [{ provide: 'REDIS', useFactory: () => new Redis() }] },
  off: { integrations: { redis: false, httpClient: false } },
});
const redis = app.get('REDIS');
const cache = app.get(CACHE_MANAGER, { strict: false });
const agent = new http.Agent({ keepAlive: true });
const client = axios.create({ httpAgent: agent });
await cache.set('page:42', 'value');
await redis.ping();

serve(PER_REQUEST, {
  redis: (at) => redis.get(`user:${at}:cart`),
  pipeline: {
    all: (start) => {
      const pipeline = redis.pipeline();
      for (let at = 0; at < PER_REQUEST; at++) pipeline[at % 2 ? 'get' : 'set'](`item:${start + at}`, 'x');
      return pipeline.exec();
    },
  },
  cache: () => cache.get('page:42'),
  wrap: () => cache.wrap('page:42', async () => 'value'),
  fetch: async (at) => (await fetch(`${serviceUrl}/charges/${at}`)).text(),
  axios: (at) => client.get(`${serviceUrl}/charges/${at}`),
  node: (at) =>
    new Promise((resolve, reject) => {
      http
        .get(`${serviceUrl}/charges/${at}`, { agent }, (response) => response.resume().on('end', resolve))
        .on('error', reject);
    }),
});
