import { canRunOver } from '../harness/brokers';
import { lanesAndPlatforms } from '../harness/scale';
import { ClientsApp, messages, valueOf } from './clients-app';

const withRedis = canRunOver('redis') ? describe : describe.skip;
const UUID = '550e8400-e29b-41d4-a716-446655440000';

withRedis.each(lanesAndPlatforms)('Redis and the cache, lane %s on %s', (lane, platform) => {
  let app: ClientsApp;

  beforeAll(async () => {
    app = await ClientsApp.start(lane, { OWN_REDIS: JSON.stringify({ ignore: ['SET'] }) }, platform);
  });
  afterAll(() => app.stop());

  test('a failing request shows its cache misses, commands and calls in order', async () => {
    const crumbs = await app.crumbs(
      ['cache', 'get', 'user:4711'],
      ['redis', 'get', 'user:4711:cart'],
      ['fetch', '/charges/4711?token=hunter2'],
      ['cache', 'set', 'user:4711', 'the value'],
      ['cache', 'get', 'user:4711'],
      ['service', `/orders/${UUID}`],
      ['cache', 'del', 'user:4711'],
    );
    const duration = expect.any(Number);
    expect(crumbs).toEqual([
      { category: 'cache', level: 'info', message: 'get user:*', data: { hit: false, duration } },
      { category: 'redis', level: 'info', message: 'GET user:*:cart', data: { duration } },
      expect.objectContaining({ category: 'http' }),
      { category: 'cache', level: 'info', message: 'set user:*', data: { duration } },
      { category: 'cache', level: 'info', message: 'get user:*', data: { hit: true, duration } },
      expect.objectContaining({ category: 'http' }),
      { category: 'cache', level: 'info', message: 'del user:*', data: { duration } },
    ]);
    expect(JSON.stringify(crumbs)).not.toMatch(/4711:cart|the value|hunter2/);
  });

  test('several keys, wrap and clear', async () => {
    const crumbs = await app.crumbs(
      [
        'cache',
        'mset',
        [
          { key: 'a:1', value: 1 },
          { key: 'a:2', value: 2 },
        ],
      ],
      ['cache', 'mget', ['a:1', 'a:2', 'a:3']],
      ['cache', 'mdel', ['a:1', 'a:2']],
      ['wrap', `page:${UUID}`],
      ['wrap', `page:${UUID}`],
      ['cache', 'clear'],
    );
    expect(crumbs.map(({ message, data: { duration: _duration, ...data } }) => [message, data])).toEqual([
      ['mset a:*', { keys: 2 }],
      ['mget a:*', { keys: 3, hits: 2, hit: false }],
      ['mdel a:*', { keys: 2 }],
      ['wrap page:*', { hit: false }],
      ['wrap page:*', { hit: true }],
      ['clear', {}],
    ]);
  });

  test('a command shows no argument but its key', async () => {
    const crumbs = await app.crumbs(
      ['redis', 'set', 'session:9f86d081884c7d659a2feaa0c55ad015', 'hunter2', 'EX', 60],
      ['redis', 'hset', 'profile:42', 'email', 'hunter2'],
      ['redis', 'ping', 'hunter2'],
      ['redis', 'publish', 'channel', 'hunter2'],
      ['call', 'GET', 'user:7'],
      ['redis', 'eval', 'return ARGV[1]', 1, 'lock:7', 'hunter2'],
      ['redis', 'mget', 'user:1', 'user:2'],
      ['call', 'HUNTER2', 'hunter2'],
    );
    expect(messages(crumbs)).toEqual([
      'redis SET session:*',
      'redis HSET profile:*',
      'redis PING',
      'redis PUBLISH',
      'redis GET user:*',
      'redis EVAL lock:*',
      'redis MGET user:*',
      'redis HUNTER2',
    ]);
    expect(JSON.stringify(crumbs)).not.toContain('hunter2');
    // Its name only: the reply repeats the arguments.
    expect(crumbs.at(-1)).toMatchObject({ level: 'error', data: { error: 'ERR' } });
  });

  test.each([
    ['thrown', ['call', 'HUNTER2', 'hunter2']],
    ['the cause of another', ['wrap-and-fail', ['call', 'HUNTER2', 'hunter2']]],
    ['quoted', ['quote-and-fail', ['call', 'HUNTER2', 'hunter2']]],
  ] as const)('a reply that repeats arguments leaves without them: %s', async (_how, step) => {
    app.receiver.clear();
    await app.run(step as any);
    await app.app.status();
    const [event] = app.receiver.events;
    const texts = event.exception.values.map(({ value }: any) => value).join();
    expect(texts).toMatch(/unknown command ['`]HUNTER2['`], with args beginning with: \?/);
    expect(texts).not.toContain('hunter2');
  });

  test('a reply that is an error belongs to its command, each time', async () => {
    const crumbs = await app.crumbs(
      ['redis', 'set', 'text:1', 'x'],
      ['redis', 'lpush', 'text:1', 'hunter2'],
      ['redis', 'rpush', 'text:1', 'hunter2'],
    );
    const failed = (message: string) => ({
      category: 'redis',
      level: 'error',
      message,
      data: { error: 'WRONGTYPE', duration: expect.any(Number) },
    });
    expect(crumbs.slice(1)).toEqual([failed('LPUSH text:*'), failed('RPUSH text:*')]);
  });

  test('equal commands of a pipeline in a row are one breadcrumb', async () => {
    const crumbs = await app.crumbs(['pipeline', 500]);
    expect(crumbs.map(({ message, data: { count } }) => [message, count])).toEqual([
      ['GET a:*', undefined],
      ['SET item:*', 500],
      ['GET a:*', undefined],
    ]);
  });

  test('a command of a shared pipeline is one of the request that has sent it', async () => {
    app.receiver.clear();
    const names = ['one', 'two', 'three', 'four'];
    await Promise.all(names.map((name) => app.run(['auto', 'get', `${name}:1`], ['fail', name])));
    await app.app.status();
    const shown = app.receiver.events.map((event) => [valueOf(event), messages(event.breadcrumbs).at(-1)]);
    expect(new Map(shown as [string, string][])).toEqual(new Map(names.map((name) => [name, `redis GET ${name}:*`])));
  });

  test('a client that is handed over has its own options; others are left alone', async () => {
    const crumbs = await app.crumbs(
      ['own', 'set', 'a:1', 1],
      ['own', 'get', 'a:1'],
      ['untracked', 'get', 'b:1'],
      ['redis', 'set', 'a:1', 1],
    );
    expect(messages(crumbs)).toEqual(['redis GET a:*', 'redis SET a:*']);
  });

  test('keys are bounded, and nothing of many is kept', async () => {
    const crumbs = await app.crumbs(
      ['big', 'user:1:'],
      ['redis', 'get', '::::'],
      ['redis', 'get', ''],
      ['redis', 'get', 'a\u0000b\ud800 __proto__ constructor'],
    );
    expect(crumbs.map(({ message }) => message.length)).toEqual([expect.any(Number), 8, 4, expect.any(Number)]);
    expect(crumbs[0].message).toMatch(/^GET user:\*:/);
    for (const { message } of crumbs) expect(message.length).toBeLessThan(210);
    const many = await app.crumbs(['distinct', 20_000]);
    expect(many).toHaveLength(100);
    expect(new Set(messages(many))).toEqual(new Set(['redis GET thing-*:*']));
    expect((await app.app.status()).faults).toEqual({});
  });

  test('every hook is in place', async () => {
    expect((await app.app.status()).hooks).toMatchObject({ redis: true, cache: true, httpClient: true });
  });
});

withRedis('options of Redis, lane 11', () => {
  const withApp = async (env: Record<string, string>, use: (app: ClientsApp) => Promise<void>) => {
    const app = await ClientsApp.start('11', env);
    try {
      await use(app);
    } finally {
      await app.stop();
    }
  };

  test('commands without a breadcrumb, and patterns of the application', () =>
    withApp({ REDIS_OPTIONS: JSON.stringify({ ignore: ['get'] }), KEY_PATTERN: 'own' }, async (app) => {
      const crumbs = await app.crumbs(['redis', 'get', 'a:1'], ['redis', 'set', 'a:b:c', 1], ['cache', 'get', 'd:e']);
      expect(messages(crumbs)).toEqual(['redis SET a', 'cache get d']);
    }));

  test('a pattern that throws is counted, and the default applies', () =>
    withApp({ KEY_PATTERN: 'throws' }, async (app) => {
      expect(messages(await app.crumbs(['redis', 'get', 'user:1']))).toEqual(['redis GET user:*']);
      expect((await app.app.status()).faults).toEqual({ 'redis-key-pattern': 1 });
    }));

  test('switched off, nothing is shown', () =>
    withApp({ MODULE: JSON.stringify({ integrations: { redis: false } }) }, async (app) => {
      expect(await app.crumbs(['redis', 'get', 'a:1'], ['own', 'get', 'a:1'], ['cache', 'get', 'd'])).toEqual([]);
    }));

  test('in a request that is not traced, everything is shown as in one that is', () =>
    withApp({ SENTRY_TRACES_SAMPLE_RATE: '0' }, async (app) => {
      const crumbs = await app.crumbs(
        ['redis', 'get', 'a:1'],
        ['cache', 'get', 'd'],
        ['fetch', '/a/1'],
        ['service', '/b/1'],
      );
      expect(messages(crumbs)).toEqual(['redis GET a:*', 'cache get d', 'http GET /a/:id', 'http GET /b/:id']);
    }));
});
