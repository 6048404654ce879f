import { canRunOver } from '../harness/brokers';
import { lanesAndPlatforms } from '../harness/scale';
import { ClientsApp, messages } from './clients-app';

const withRedis = canRunOver('redis') ? describe : describe.skip;

withRedis.each(lanesAndPlatforms)('Redis and the cache, lane %s on %s', (lane, platform) => {
  let app: ClientsApp;

  beforeAll(async () => {
    app = await ClientsApp.start(lane, {}, platform);
  });
  afterAll(() => app.stop());

  test('a failing request shows its cache misses, commands and calls in order', async () => {
    const crumbs = await app.crumbs(
      ['cache', 'get', 'user:4711'],
      ['redis', 'get', 'user:4711:cart'],
      ['fetch', '/charges/4711?token=hunter2'],
      ['cache', 'set', 'user:4711', 'the value'],
      ['cache', 'get', 'user:4711'],
      ['service', '/orders/550e8400-e29b-41d4-a716-446655440000'],
    );
    console.log(JSON.stringify(crumbs, null, 1));
    expect(messages(crumbs)).toEqual([]);
  });
});
