import { AppProcess, type Lane, type Platform } from '../harness/app-process';
import { FaultyReceiver } from '../harness/faulty-receiver';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { lanesAndPlatforms, representative } from '../harness/scale';

const combinations: [Lane, Platform][] = [
  ['11', 'fastify'],
  ['12', 'fastify'],
  ['12', 'express'],
];
const settings = { SENTRY_ENVIRONMENT: 'test', SENTRY_RELEASE: '1.0.0' };

describe.each(representative(combinations, (_row, at) => at !== 1))(
  'health checks, lane %s on %s',
  (lane, PLATFORM) => {
    let receiver: Receiver;
    let app: AppProcess;

    beforeAll(async () => {
      receiver = await Receiver.start();
      app = await AppProcess.start({ lane, app: 'health', env: { ...settings, PLATFORM, SENTRY_DSN: receiver.dsn } });
    });

    afterAll(async () => {
      await app.stop('SIGKILL');
      await receiver.close();
    });

    test.each([
      ['/health', 'expected', []],
      ['/watched', 'reported where @Report says so', ['GET /watched']],
      ['/unavailable', 'no health check, so reported', ['GET /unavailable']],
    ])('the 503 of %s is %s', async (path, _what, transactions) => {
      receiver.clear();
      const { status } = await fetch(`${app.url}${path}`);
      await app.status();
      expect(status).toBe(503);
      expect(receiver.events.map(({ transaction }) => transaction)).toEqual(transactions);
      for (const { user } of receiver.events) expect(user).toMatchObject({ id: 'put there by a middleware' });
    });
  },
);

const SECRET = 'thesecretpartofthekey';
const facts = { enabled: true, dsnConfigured: true, environment: 'test', release: '1.0.0', sampleRate: 1 };

async function startWith(receiver: FaultyReceiver, lane: Lane, env: Record<string, string>): Promise<AppProcess> {
  const SENTRY_DSN = receiver.dsn.replace('key@', `publickey:${SECRET}@`);
  return AppProcess.start({ lane, app: 'health', env: { ...settings, SENTRY_DSN, ...env } });
}

async function answer({ url }: AppProcess, path: string) {
  const response = await fetch(`${url}${path}`);
  const text = await response.text();
  for (const part of [SECRET, 'publickey', '127.0.0.1']) expect(text).not.toContain(part);
  return { status: response.status, cache: response.headers.get('cache-control'), body: JSON.parse(text) };
}

async function capture(app: AppProcess): Promise<void> {
  app.child.send('capture');
  await app.status();
}

describe.each(lanesAndPlatforms)('the health of delivery, lane %s on %s', (lane, PLATFORM) => {
  let receiver: FaultyReceiver;
  let app: AppProcess;

  beforeAll(async () => {
    receiver = await FaultyReceiver.start();
    const SENTRY_ALERT_WEBHOOK_URL = `http://127.0.0.1:${receiver.port}/hook?token=${SECRET}`;
    app = await startWith(receiver, lane, { PLATFORM, SENTRY_TRACES_SAMPLE_RATE: '0', SENTRY_ALERT_WEBHOOK_URL });
  });

  afterAll(async () => {
    await app.stop('SIGKILL');
    await receiver.close();
  });

  test('at the path: the facts, and nothing secret', async () => {
    await capture(app);
    const { status, cache, body } = await answer(app, '/health/sentry');
    expect({ status, cache }).toEqual({ status: 200, cache: 'no-store' });
    expect(body).toMatchObject({ ...facts, state: 'ok', tracesSampleRate: 0, circuit: 'closed', dropped: {} });
    expect(receiver.events).toHaveLength(1);
    expect(body).toMatchObject({ waiting: 0, lastSuccess: expect.any(String) });
    expect(body.delivered).toBe(receiver.taken.flatMap(({ items }) => items).length);
    expect(body.alerts).toEqual({ webhook: { sent: 0, failed: 0, waiting: 0 } });
  });

  test('Terminus: up, with the same facts', async () => {
    const { status, body } = await answer(app, '/health/tracking');
    expect(status).toBe(200);
    expect(body.details.sentry).toMatchObject({ ...facts, status: 'up', state: 'ok', waiting: 0 });
  });

  test('degraded: down only where it is critical, and never an event', async () => {
    receiver.fault = 'answers 503';
    await capture(app);
    expect(await answer(app, '/health/sentry')).toMatchObject({
      status: 200,
      body: { state: 'degraded', lastFailure: { reason: 'http_503' } },
    });
    expect((await answer(app, '/health/sentry')).body.waiting).toBeGreaterThan(0);
    expect(await answer(app, '/health/tracking')).toMatchObject({ status: 200, body: { status: 'ok' } });
    const critical = await answer(app, '/health/critical');
    expect(critical).toMatchObject({ status: 503, body: { error: { tracking: { status: 'down' } } } });
    receiver.fault = 'works';
    await poll(async () => {
      const { body } = await answer(app, '/health/sentry');
      expect(body).toMatchObject({ state: 'ok', waiting: 0 });
    });
    expect(receiver.events).toHaveLength(2);
    expect((await answer(app, '/health/critical')).status).toBe(200);
  });
});

describe.each(representative<Platform>(['express', 'fastify'], (platform) => platform === 'express'))(
  'with forRootAsync and a critical path, on %s',
  (PLATFORM) => {
    test('it answers outside prefix, guards and interceptors: 200, then 503 while delivery is degraded', async () => {
      const receiver = await FaultyReceiver.start();
      const app = await startWith(receiver, '11', { PLATFORM, HEALTH: 'async' });
      try {
        expect(await answer(app, '/health/sentry')).toMatchObject({ status: 200, body: { state: 'ok' } });
        expect((await answer(app, '/api/health/tracking')).status).toBe(403);
        expect((await answer(app, '/api/health/sentry')).status).toBe(404);
        receiver.fault = 'answers 500';
        await capture(app);
        expect(await answer(app, '/health/sentry')).toMatchObject({ status: 503, body: { state: 'degraded' } });
      } finally {
        await app.stop('SIGKILL');
        await receiver.close();
      }
    });
  },
);
