import { SentryHttpClientModule, trackAxios } from '../../lib/integrations/http-client/index';
import { SentryRedisModule, trackRedis } from '../../lib/integrations/redis/index';
import { compileHttpClientSettings } from '../../lib/integrations/http-client/http-client-options';

const problemOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return (error as { path: string }).path;
  }
  return undefined;
};

test.each<[string, object]>([
  ['redis.ignore', { ignore: 'PING' }],
  ['redis.ignore[0]', { ignore: [1] }],
  ['redis.keyPattern', { keyPattern: 'user:*' }],
  ['redis.slowerThan', { slowerThan: '1s' }],
])('SentryRedisModule refuses %s', (path, options) => {
  expect(problemOf(() => SentryRedisModule.forRoot(options))).toBe(path);
  expect(problemOf(() => trackRedis({}, options))).toBe(path.replace('redis', 'trackRedis'));
});

test.each<[string, object]>([
  ['httpClient.services', { services: ['api.stripe.com'] }],
  ["httpClient.services['https://api.stripe.com/']", { services: { 'https://api.stripe.com/': 'stripe' } }],
  ["httpClient.services['api.stripe.com']", { services: { 'api.stripe.com': '' } }],
  ['httpClient.slowerThan', { slowerThan: 'soon' }],
  ['httpClient.service', { service: {} }],
])('SentryHttpClientModule refuses %s', (path, options) => {
  expect(problemOf(() => SentryHttpClientModule.forRoot(options))).toBe(path);
  expect(problemOf(() => trackAxios({}, options))).toBe(path.replace('httpClient', 'trackAxios'));
});

test('a service with a port takes precedence over its host', () => {
  const settings = compileHttpClientSettings({
    services: { 'API.example.com': 'api', 'api.example.com:8443': 'admin', '[::1]': 'here' },
  });
  const hosts = ['api.example.com', 'api.example.com:8443', 'api.example.com:9', '[::1]:3000', 'other.example.com'];
  expect(hosts.map((host) => settings.serviceAt(host))).toEqual(['api', 'admin', 'api', 'here', 'other.example.com']);
});

test('what is handed over is returned itself, with methods that say the same of themselves', () => {
  const original = function get(_url: string, _config: object) {};
  const client: { get: (url: string, config: object) => void } = { get: original };
  expect(trackRedis(client)).toBe(client);
  expect(trackAxios(client)).toBe(client);
  expect(client.get).toBe(original);
  expect(trackAxios(client, { slowerThan: '1s' })).toBe(client);
  expect([client.get.name, client.get.length, Object.keys(client)]).toEqual(['get', 2, ['get']]);
});
