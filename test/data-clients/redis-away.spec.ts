import { canRunOver } from '../harness/brokers';
import { poll } from '../harness/poll';
import { lanesAndPlatforms } from '../harness/scale';
import { ClientsApp, RedisGate, valueOf } from './clients-app';

const withRedis = canRunOver('redis') ? describe : describe.skip;

withRedis.each(lanesAndPlatforms)('while Redis is away, lane %s on %s', (lane, platform) => {
  let app: ClientsApp;
  let gate: RedisGate;

  beforeAll(async () => {
    gate = await new RedisGate().open();
    app = await ClientsApp.start(lane, { REDIS_PORT: String(gate.port) }, platform);
    await app.run(['redis', 'get', 'a'], ['own', 'get', 'a'], ['auto', 'get', 'a']);
  });
  afterAll(async () => {
    await Promise.all([app.stop(), gate.cut()]);
  });

  test('it is one event, whatever number of clients, attempts and commands notice', async () => {
    app.receiver.clear();
    await gate.cut();
    const { results } = await app.run(['many', 1_000], ['many', 1_000], ['forget', 200]);
    expect(results.slice(0, 2)).toEqual([1_000, 1_000]);
    await poll(async () => {
      await app.app.status();
      expect(app.receiver.events).toHaveLength(1);
    });
    const [event] = app.receiver.events;
    const server = `127.0.0.1:${gate.port}`;
    expect(event).toMatchObject({
      level: 'error',
      fingerprint: ['redis', 'connection', server],
      tags: { 'db.system': 'redis' },
      contexts: { redis: { server } },
    });
    expect(event.exception.values.at(-1).mechanism).toMatchObject({ type: 'auto.db.redis', handled: true });
    expect(valueOf(event)).toMatch(/ECONNREFUSED|ECONNRESET/);
  });

  test('a request has one breadcrumb of it, however many of its commands fail', async () => {
    const crumbs = await app.crumbs(['many', 1_000], ['redis', 'get', 'a:1'], ['many', 100]);
    expect(crumbs).toEqual([
      {
        category: 'redis',
        level: 'error',
        message: expect.stringMatching(/^(?:GET|SET) user:\*$/),
        data: { duration: expect.any(Number), error: expect.any(String) },
      },
    ]);
  });

  test('a request that fails with it is reported', async () => {
    const [event] = await app.events(1, ['redis', 'get', 'a:1']);
    expect(event.exception.values.at(-1).type).toMatch(/Error$/);
    expect(event.transaction).toBe('GET /run');
  });

  test('commands work again afterwards, and a connection that is lost soon is no other event', async () => {
    await gate.open();
    await poll(async () => {
      expect((await app.run(['redis', 'set', 'a:1', 'x'])).results).toEqual(['OK']);
    });
    expect((await app.crumbs(['redis', 'get', 'a:1'])).map(({ message }) => message)).toEqual(['GET a:*']);
    app.receiver.clear();
    await gate.cut();
    await app.run(['many', 100]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await app.app.status();
    expect(app.receiver.events.map(valueOf)).toEqual([]);
  });
});

withRedis('what ioredis prints of a lost connection, lane 11', () => {
  test('is printed as before if the application has no listener', async () => {
    const gate = await new RedisGate().open();
    const app = await ClientsApp.start('11', { REDIS_PORT: String(gate.port), LISTENER: 'none' });
    await app.run(['redis', 'get', 'a']);
    await gate.cut();
    await poll(() => {
      expect(app.app.output).toContain('[ioredis] Unhandled error event:');
    });
    await app.stop();
  });
});

withRedis('rejections that nobody handles, lane 11', () => {
  test('are one event if they come before the connection is known to be lost', async () => {
    const gate = await new RedisGate().open();
    const app = await ClientsApp.start('11', {
      REDIS_PORT: String(gate.port),
      REDIS_CLIENT: JSON.stringify({ enableOfflineQueue: false }),
    });
    await poll(async () => {
      expect((await app.run(['redis', 'get', 'a'])).results).toHaveLength(1);
    });
    app.receiver.clear();
    await Promise.all([gate.cut(), app.run(['forget', 100], ['forget', 100])]);
    await app.run(['forget', 100], ['many', 100]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await app.app.status();
    expect(app.receiver.events.map(valueOf)).toHaveLength(1);
    await Promise.all([app.stop(), gate.cut()]);
  });

  test('errors that are no disturbance are shown each time', async () => {
    const app = await ClientsApp.start('11');
    await app.run(['own', 'get', 'a']);
    const crumbs = await app.crumbs(['own', 'subscribe', 'news'], ['own', 'get', 'a:1'], ['own', 'get', 'b:1']);
    expect(crumbs.map(({ message, level }) => [message, level])).toEqual([
      ['SUBSCRIBE', 'info'],
      ['GET a:*', 'error'],
      ['GET b:*', 'error'],
    ]);
    await app.stop();
  });
});
