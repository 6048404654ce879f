import { connect } from 'node:net';
import { SocketClient as GraphqlClient } from '../graphql/socket-client';
import { AppProcess } from '../harness/app-process';
import { AppPool } from '../harness/app-pool';
import { freePort } from '../harness/free-port';
import { Receiver } from '../harness/receiver';
import { lanesAndPlatforms, mainly, representative } from '../harness/scale';
import { SocketClient } from '../websockets/socket-client';

const TRACE = '12345678901234567890123456789012-1234567890123456';

describe.each(representative(lanesAndPlatforms, ([lane]) => lane === '11'))('lane %s, %s', (lane, PLATFORM) => {
  let receiver: Receiver;
  let app: AppProcess;
  const apps = new AppPool();
  const firstDecides = {
    tracesSampleRate: 1,
    sampling: {
      traces: [
        { match: ['GET /shop/orders/:id/closed', '/metrics'], rate: 1 },
        { match: '/shop/orders/*', rate: 0 },
      ],
    },
  };

  beforeAll(async () => {
    receiver = await Receiver.start();
  });
  afterAll(async () => {
    await apps.stop();
    await receiver.close();
  });

  const start = async (init: object, more: Record<string, string> = {}) => {
    const sentry = { SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' };
    const env = { INIT: JSON.stringify(init), PLATFORM, ...sentry, ...more };
    app = await apps.get({ lane, app: 'volume', env });
  };
  /** Sends requests in sequence (`METHOD path`, with headers if needed); returns the names of the transactions. */
  const traced = async (...requests: (string | [string, Record<string, string>])[]) => {
    receiver.clear();
    for (const request of requests) {
      const [line, headers] = typeof request === 'string' ? [request, {}] : request;
      const [method, path] = line.split(' ');
      await fetch(`${app.url}${path}`, { method, headers });
    }
    await app.status();
    return receiver.transactions;
  };

  test('critical handlers are traced at any rate and with any status', async () => {
    await start({ tracesSampleRate: 0, sampling: { traces: [{ match: '/shop/orders/*', rate: 0 }] } });
    expect(
      await traced(
        'GET /shop/orders/7?by=me',
        'GET /shop/orders/search',
        'GET /shop/orders/7/fail',
        'POST /shop/orders/7/pay',
        'GET /shop/orders/7/pay',
        'GET /shop/orders/7/locked',
        'GET /shop/orders/7/closed',
        'GET /shop/freight/7/where',
        'GET /shop/nowhere',
      ),
    ).toEqual([
      'GET /shop/orders/:id',
      'POST /shop/orders/:id/pay',
      'GET /shop/orders/:id/locked',
      'GET /shop/freight/:id/where',
    ]);
  });

  test('patterns mark endpoints as critical, including those that respond with 401', async () => {
    await start({ tracesSampleRate: 0, sampling: { critical: ['GET */closed', '/shop/orders/search'] } });
    expect(await traced('GET /shop/orders/7/closed', 'GET /shop/orders/search', 'GET /shop/orders/7/fail')).toEqual([
      'GET /shop/orders/:id/closed',
      'GET /shop/orders/search',
    ]);
  });

  test('the first rule that matches the raw path decides; health checks and metrics are not traced by default', async () => {
    await start(firstDecides);
    const requests = ['search', '7/fail', '7/closed'].map((path) => `GET /shop/orders/${path}`);
    const machines = ['/health', '/healthz', '/favicon.ico', '/static/app.js', '/robots.txt'].map(
      (path) => `GET ${path}`,
    );
    expect(await traced(...requests, ...machines, 'GET /shop/freight/1/where')).toEqual([
      ...(lane === '11' ? [] : ['GET /shop/orders/:id/closed']), // Sentry 10 leaves out what answers 401
      'GET /shop/freight/:id/where',
    ]);
    expect(await traced('GET /shop/orders/7/fail')).toEqual([]);
    expect(receiver.events).toHaveLength(1); // an error on an untraced path
  });

  test('methods, parameters, regular expressions and encoded paths, with any query', async () => {
    const match = [
      'POST|OPTIONS /shop/orders/:id/pay/',
      'HEAD /shop/orders/search',
      { regExp: '^GET /shop/orders/(search|late/\\d+)$' },
      '/shop/orders/são paulo/fail',
    ];
    await start({ tracesSampleRate: 0, sampling: { traces: [{ match, rate: 1 }] } });
    expect(
      await traced(
        'POST /shop/orders/7/pay?by=/card',
        'GET /shop/orders/7/fail',
        'GET /shop/orders/s%C3%A3o%20paulo/fail',
        'GET /shop/orders/search?q=1#top',
        'GET /shop/orders/late/12',
        'GET /shop/orders/late/x',
        'GET /shop/orders/7%2F8/fail',
      ),
    ).toEqual([
      'POST /shop/orders/:id/pay',
      'GET /shop/orders/:id/fail',
      'GET /shop/orders/search',
      'GET /shop/orders/late/:id',
    ]);
    // The SDK never asks about these.
    expect(await traced('HEAD /shop/orders/search', 'OPTIONS /shop/orders/7/pay')).toEqual([]);
  });

  test('patterns may omit the version and `api`', async () => {
    const traces = [{ match: ['/orders/search'], rate: 1 }];
    await start(
      { tracesSampleRate: 0, sampling: { traces, critical: ['/orders/late/*'] } },
      { PREFIX: 'api', VERSION: '2' },
    );
    const requests = ['search', 'late/1', '7/fail'].map((path) => `GET /api/v2/orders/${path}`);
    expect(await traced(...requests)).toEqual(['GET /api/v2/orders/search', 'GET /api/v2/orders/late/:id']);
  });

  test('the decision of the caller applies', async () => {
    await start(firstDecides);
    expect(
      await traced(
        ['GET /shop/orders/7', { 'sentry-trace': `${TRACE}-0` }], // critical
        ['GET /shop/orders/search', { 'sentry-trace': `${TRACE}-1` }],
        ['GET /shop/orders/search', { 'sentry-trace': TRACE }],
      ),
    ).toEqual(['GET /shop/orders/search']);
  });
});

describe.each(mainly('11'))('lane %s', (lane) => {
  test('root operations are matched by name', async () => {
    const receiver = await Receiver.start();
    const init = {
      tracesSampleRate: 0,
      sampling: {
        traces: [
          { match: 'job mail *', rate: 1 },
          { match: ['import *'], rate: 1 },
          { match: { regExp: '^cron (?!hourly)' }, rate: 1 },
        ],
      },
    };
    const env = { INIT: JSON.stringify(init), SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' };
    const app = await AppProcess.start({ lane, app: 'volume', env });
    const answer = new Promise((resolve) => app.child.once('message', resolve));
    app.child.send({ storm: 'operations', count: 1 });
    await answer;
    await app.status();
    expect(receiver.transactions.sort()).toEqual(['cron nightly', 'import prices', 'job mail welcome', 'marked']);
    await app.stop('SIGKILL');
    await receiver.close();
  });

  test('messages and socket events: by name, and if their handlers are critical', async () => {
    const receiver = await Receiver.start();
    const traces = [{ match: ['RPC orders.c*', 'ws watch'], rate: 1 }];
    const RPC_PORT = String(await freePort());
    const init = { tracesSampleRate: 0, sampling: { traces } };
    const env = { INIT: JSON.stringify(init), RPC_PORT, SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' };
    const app = await AppProcess.start({ lane, app: 'volume', env });
    for (const pattern of ['orders.list', 'orders.count', 'orders.pay']) await send(Number(RPC_PORT), pattern);
    const client = await SocketClient.open('ws', app.url);
    for (const event of ['poll', 'watch', 'bid']) await client.ask(event);
    client.close();
    await app.status();
    expect(receiver.transactions.sort()).toEqual(['rpc orders.count', 'rpc orders.pay', 'ws bid', 'ws watch']);
    await app.stop('SIGKILL');
    await receiver.close();
  });

  test('GraphQL operations over a WebSocket: by name, and if their resolvers are critical', async () => {
    const receiver = await Receiver.start();
    const init = { tracesSampleRate: 0, sampling: { traces: [{ match: ['query cats', 'query Named'], rate: 1 }] } };
    const env = { INIT: JSON.stringify(init), START: 'init', WS: 'true', ENHANCERS: '' };
    const sentry = { SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' };
    const app = await AppProcess.start({ lane, app: 'graphql', env: { ...env, ...sentry } });
    const client = new GraphqlClient(app.url, {});
    await client.collect('{ cats { id } }');
    await client.collect('{ members { id } }');
    await client.collect('query Named { price }');
    await client.collect('{ price balance }'); // the second is marked as critical
    await client.collect('mutation { pay }');
    await client.close();
    await app.status();
    expect(receiver.transactions).toEqual(['query cats', 'query price', 'query price']);
    await app.stop('SIGKILL');
    await receiver.close();
  });
});

/** Sends one message without a trace over Nest's TCP transport and waits for the response. */
async function send(port: number, pattern: string): Promise<void> {
  const message = JSON.stringify({ pattern, data: {}, id: pattern });
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${message.length}#${message}`));
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
