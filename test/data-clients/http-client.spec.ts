import { freePort } from '../harness/free-port';
import { lanesAndPlatforms } from '../harness/scale';
import { poll } from '../harness/poll';
import { ClientsApp, messages, valueOf, type Step } from './clients-app';

const UUID = '550e8400-e29b-41d4-a716-446655440000';
const clients = ['fetch', 'undici', 'service', 'axios', 'node'];
const duration = expect.any(Number);

describe.each(lanesAndPlatforms)('calls to other services, lane %s on %s', (lane, platform) => {
  let app: ClientsApp;
  let host: string;
  /** Nobody listens there. */
  let nowhere: string;

  beforeAll(async () => {
    app = await ClientsApp.start(
      lane,
      {
        HTTP_OPTIONS: JSON.stringify({ services: { 'cards.test': 'cards' }, slowerThan: '300ms' }),
        OWN_AXIOS: JSON.stringify({ services: { '127.0.0.1': 'own service' }, slowerThan: '30ms' }),
      },
      platform,
    );
    ({ host } = app.upstream);
    nowhere = `127.0.0.1:${await freePort()}`;
  });
  afterAll(() => app.stop());

  test.each(clients)('a call of %s is one breadcrumb, without ids and query string', async (client) => {
    expect(await app.crumbs([client, `/charges/${UUID}/refunds/7?token=hunter2#part`])).toEqual([
      {
        category: 'http',
        type: 'http',
        data: { method: 'GET', host, path: '/charges/:id/refunds/:id', status_code: 200, duration },
      },
    ]);
  });

  test.each(clients)('a refused or failing call of %s has a level', async (client) => {
    const crumbs = await app.crumbs([client, '/status/404'], [client, '/status/503'], [client, '/cut/1']);
    expect(crumbs.map(({ level, data: { status_code, error } }) => [level, status_code, error])).toEqual([
      ['warning', 404, undefined],
      ['error', 503, undefined],
      ['error', undefined, expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/)],
    ]);
  });

  test('a call that is refused has a breadcrumb, and one within suppressTracing() none', async () => {
    const crumbs = await app.crumbs(['suppressed', '/a'], ['fetch-at', `http://${nowhere}/users/1`]);
    expect(crumbs).toEqual([
      {
        category: 'http',
        type: 'http',
        level: 'error',
        data: { method: 'GET', host: nowhere, path: '/users/:id', duration, error: 'ECONNREFUSED' },
      },
    ]);
  });

  test.each(clients)('a call of %s that the error has not waited for is shown', async (client) => {
    const left: Step = [client, '/slow/200/charges/7?token=hunter2'];
    const [event] = await app.events(1, ['fetch', '/before'], ['leave-and-fail', left]);
    expect(event.contexts.unfinished).toEqual({
      calls: [expect.stringMatching(new RegExp(`^GET ${host}/slow/:id/charges/:id, for [\\d.]+ ms$`))],
    });
    expect(event.breadcrumbs).toMatchObject([{ data: { path: '/before' } }]);
  });

  test('a call belongs to the request that makes it, over shared connections too', async () => {
    app.receiver.clear();
    const names = Array.from({ length: 12 }, (_, at) => `request${at}x`);
    await Promise.all(
      names.map((name, at) => {
        const kind = ['fetch', 'service', 'pooled'][at % 3]!;
        return app.run([kind, `/${name}/first`], [kind, `/${name}/second`], ['fail', name]);
      }),
    );
    let events: any[] = [];
    await poll(async () => {
      await app.app.status();
      // On a machine under load, a call may be slow.
      events = app.receiver.events.filter(({ message }) => message !== 'Slow service');
      expect(events).toHaveLength(names.length);
    });
    for (const event of events) {
      expect(event.breadcrumbs.map(({ data }: any) => data.path)).toEqual([
        expect.stringContaining('/first'),
        expect.stringContaining('/second'),
      ]);
    }
    for (const name of names) expect(app.upstream.received.has(`/${name}/second`)).toBe(true);
  });

  test.each<[string, Step]>([
    [
      'HttpService',
      [
        'service',
        '/status/502',
        {
          method: 'post',
          data: { amount: 12, password: 'hunter2-request' },
          headers: { authorization: 'Bearer hunter2-header', 'x-tenant': 'acme' },
        },
      ],
    ],
    [
      'axios',
      [
        'axios',
        '/status/502',
        {
          method: 'post',
          data: { amount: 12, password: 'hunter2-request' },
          headers: { authorization: 'Bearer hunter2-header', 'x-tenant': 'acme' },
        },
      ],
    ],
    [
      'an error around it',
      [
        'wrap-and-fail',
        [
          'axios',
          '/status/502',
          {
            method: 'post',
            data: { amount: 12, password: 'hunter2-request' },
            headers: { authorization: 'Bearer hunter2-header', 'x-tenant': 'acme' },
          },
        ],
      ],
    ],
  ])('an error of %s says which call has failed, scrubbed', async (what, step) => {
    const [event] = await app.events(1, step);
    expect(event.contexts.externalApi).toMatchObject({
      service: host,
      endpoint: 'POST /status/:id',
      status: 502,
      responseTime: duration,
      retryAfter: 7,
      request: {
        headers: { 'x-tenant': 'acme', authorization: '[Filtered]' },
        body: { amount: 12, password: '[Filtered]' },
      },
      response: {
        headers: { 'content-type': 'application/json' },
        body: { message: 'declined', password: '[Filtered]' },
      },
    });
    expect(event.tags).toMatchObject({ service: host, status: '502' });
    if (what !== 'an error around it')
      expect(event.fingerprint).toEqual(['externalApi', host, 'POST /status/:id', '5xx']);
    expect(JSON.stringify({ ...event, request: undefined })).not.toContain('hunter2');
  });

  test.each<[string, Step]>([
    ['ky', ['ky', '/status/502']],
    ['axios on fetch', ['axios', '/status/502', { adapter: 'fetch' }]],
  ])('an error of %s, which has another request than undici', async (_name, step) => {
    const [event] = await app.events(1, step);
    const call = { service: host, endpoint: 'GET /status/:id', status: 502, responseTime: duration, retryAfter: 7 };
    expect(event.contexts.externalApi).toMatchObject(call);
    expect(event.fingerprint).toEqual(['externalApi', host, 'GET /status/:id', '5xx']);
  });

  test('an error of undici about the status names its own call, and not a later one', async () => {
    const [event] = await app.events(1, ['undici-throws', '/status/500', '/large/1']);
    expect(event.contexts.externalApi).toMatchObject({
      service: host,
      endpoint: 'GET /status/:id',
      status: 500,
      responseTime: duration,
      retryAfter: 7,
      requestId: '/status/500',
      response: {
        headers: { 'content-type': 'application/json' },
        body: { message: 'declined', password: '[Filtered]' },
      },
    });
    expect(event.tags).toMatchObject({ service: host, status: '500' });
    expect(event.fingerprint).toEqual(['externalApi', host, 'GET /status/:id', '5xx']);
    expect(JSON.stringify(event)).not.toContain('hunter2');
  });

  test('errors of fetch say which call has failed', async () => {
    const [refused] = await app.events(1, ['fetch-at', `http://${nowhere}/users/1?token=hunter2`]);
    expect(refused).toMatchObject({
      fingerprint: ['externalApi', nowhere, 'GET /users/:id', 'ECONNREFUSED'],
      tags: { service: nowhere },
      contexts: {
        externalApi: {
          service: nowhere,
          endpoint: 'GET /users/:id',
          code: 'ECONNREFUSED',
          responseTime: duration,
        },
      },
    });
    expect(refused.tags).not.toHaveProperty('status');
    const [late] = await app.events(1, ['fetch-timeout', '/hang/1', 50]);
    expect(late).toMatchObject({
      fingerprint: ['externalApi', host, 'GET /hang/:id', 'TimeoutError'],
      contexts: { externalApi: { service: host, endpoint: 'GET /hang/:id', code: 'TimeoutError' } },
    });
  });

  test('one group for each service, endpoint and class of status, however it is captured', async () => {
    const groups = new Set<string>();
    for (const step of [
      ['axios', '/status/500?a=1'],
      ['service', '/status/503'],
      ['capture', ['axios', '/status/502']],
    ] as Step[]) {
      const [event] = await app.events(1, step);
      groups.add(JSON.stringify(event.fingerprint));
      expect(event.tags).toMatchObject({ service: host, status: expect.stringMatching(/^50\d$/) });
    }
    expect([...groups]).toEqual([JSON.stringify(['externalApi', host, 'GET /status/:id', '5xx'])]);
    const [refused] = await app.events(1, ['axios', '/status/404']);
    expect(refused.fingerprint).toEqual(['externalApi', host, 'GET /status/:id', '4xx']);
  });

  test('what the application says about a call takes precedence', async () => {
    const [event] = await app.events(1, [
      'capture',
      ['axios', '/status/502'],
      { service: 'billing', endpoint: 'POST /pay' },
    ]);
    expect(event).toMatchObject({
      fingerprint: ['externalApi', 'billing', 'POST /pay', '5xx'],
      tags: { domain: 'externalApi', service: 'billing', status: '502' },
      contexts: { externalApi: { service: 'billing', endpoint: 'POST /pay', responseTime: duration } },
    });
  });

  test('bodies are bounded', async () => {
    const [event] = await app.events(1, ['axios', '/large/1']);
    const { response } = event.contexts.externalApi;
    expect(JSON.stringify(response).length).toBeLessThan(20_000);
    expect(JSON.stringify(response)).toContain('[cut');
  });

  test('services have the names of the application', async () => {
    const [event] = await app.events(1, ['instance', '/status/500']);
    expect(event).toMatchObject({
      fingerprint: ['externalApi', 'own service', 'GET /status/:id', '5xx'],
      tags: { service: 'own service' },
      contexts: { externalApi: { service: 'own service' } },
    });
    const [named] = await app.events(1, ['axios', '/status/500', { headers: { host: 'CARDS.test:80' } }]);
    expect(named.contexts.externalApi).toMatchObject({ service: 'cards' });
  });

  test('a slow response is a warning of the request that waits for it', async () => {
    const found = await app.events(
      2,
      ['tag', 'marked', 'yes'],
      ['fetch', '/slow/400'],
      ['instance', '/slow/60'],
      ['service', '/slow/60'],
    );
    const warning = (service: string, endpoint: string, threshold: number) => ({
      message: 'Slow service',
      level: 'warning',
      fingerprint: ['slow-service', `${service} ${endpoint}`],
      tags: { service, marked: 'yes' },
      transaction: 'GET /run',
      contexts: { operation: { name: `${service} ${endpoint}`, threshold, duration, factor: expect.any(Number) } },
    });
    expect(found).toMatchObject([warning(host, 'GET /slow/:id', 300), warning('own service', 'GET /slow/:id', 30)]);
    expect(found[0].breadcrumbs.at(-1).data).toMatchObject({ path: '/slow/:id', status_code: 200 });
  });

  test('clients stay as they are', async () => {
    const { results } = await app.run(['unchanged']);
    expect(results).toEqual([{ request: 0, response: 0, adapter: ['xhr', 'http', 'fetch'] }]);
    const { faults } = await app.app.status();
    expect(faults).toEqual({});
  });

  test('calls to health checks are noise, as before', async () => {
    expect(messages(await app.crumbs(['fetch', '/health'], ['service', '/health'], ['fetch', '/a']))).toEqual([
      'http GET /a',
    ]);
  });
});

describe('calls to other services, switched off, lane 11', () => {
  test('the breadcrumbs are those of the SDK', async () => {
    const app = await ClientsApp.start('11', { MODULE: JSON.stringify({ integrations: { httpClient: false } }) });
    const crumbs = await app.crumbs(['fetch', '/a/1'], ['service', '/b/1']);
    expect(crumbs.map(({ data }) => data.url)).toEqual([
      `http://${app.upstream.host}/a/1`,
      `http://${app.upstream.host}/b/1`,
    ]);
    const [event] = await app.events(1, ['axios', '/status/500']);
    expect(event.contexts).not.toHaveProperty('externalApi');
    expect(valueOf(event)).toContain('500');
    await app.stop();
  });
});
