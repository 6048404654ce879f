import { Redis } from 'ioredis';
import { createHmac, randomUUID } from 'node:crypto';
import { startInbox } from '../../lib/inbox';
import { AppPool } from '../harness/app-pool';
import { AppProcess, type Lane } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { mainly } from '../harness/scale';
import { HttpReceiver } from './http-receiver';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const apps = new AppPool();
let receiver: Receiver;
let hooks: HttpReceiver;

beforeAll(async () => {
  receiver = await Receiver.start();
  hooks = await HttpReceiver.start();
});
beforeEach(() => {
  hooks.requests.length = 0;
  hooks.answer = (_request, response) => response.end('{}');
  receiver.clear();
});
afterAll(async () => {
  await apps.stop();
  await hooks.close();
  await receiver.close();
});

const ask = async (app: AppProcess, message: object | string): Promise<any> => {
  const answer = new Promise((resolve) => app.child.once('message', resolve));
  app.child.send(message);
  return answer;
};
const start = (lane: Lane, alerts: object | undefined, env: Record<string, string | undefined> = {}) =>
  AppProcess.start({
    lane,
    app: 'alerts',
    env: {
      SENTRY_DSN: receiver.dsn,
      SENTRY_ENVIRONMENT: 'test',
      ...(alerts && { ALERTS: JSON.stringify(alerts) }),
      ...env,
    },
  });
const said = () => hooks.bodies.map(({ kind, rule }) => `${kind} ${rule}`);
const hook = () => ['webhook', { url: `${hooks.url}/hook`, secret: SECRET }];

describe.each<Lane>(['11', '12'])('lane %s', (lane) => {
  test('an alert fires, says what is known without secrets, and recovers', async () => {
    const app = await start(lane, {
      organizationUrl: 'https://acme.sentry.io/',
      rules: [['errorCount', { above: 2, within: '1s', where: { message: '*hunter2*', route: '/orders/*' } }]],
      channels: { hook: hook() },
    });
    const headers = (user: string) => ({ 'x-user': user, 'x-tenant': 'acme' });
    await fetch(`${app.url}/orders/1`, { headers: { 'x-tenant': 'other' } });
    for (const user of ['a', 'b', 'a'])
      await fetch(`${app.url}/orders/1?message=${encodeURIComponent('password=hunter2 failed')}`, {
        headers: headers(user),
      });
    await poll(() => {
      expect(said()).toEqual(['fired error-count']);
    });
    const [{ body, text, headers: sent }] = hooks.requests as [any];
    const content = `${sent['webhook-id']}.${sent['webhook-timestamp']}.${text}`;
    const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64');
    expect(sent['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(content).digest('base64')}`);
    expect(text).not.toContain('hunter2');
    expect(body).toMatchObject({
      kind: 'fired',
      severity: 'error',
      environment: 'test',
      count: 3,
      users: 2,
      tags: { tenant: 'acme', handler: 'OrdersController.find', shelf: 'upper' },
    });
    expect(body.message).toBe('Latest: Error: password=[Filtered] failed\nin GET /orders/:id');
    await app.status();
    const ids = receiver.events.map(({ event_id: id }) => id);
    expect(ids).toContain(new URL(body.url).searchParams.get('query'));
    expect(await ask(app, 'active')).toMatchObject([{ id: body.id, rule: 'error-count' }]);
    expect(await ask(app, { acknowledge: 'error-count' })).toEqual({ acknowledged: true });
    await poll(() => {
      expect(said().at(-1)).toMatch(/^recovered|^digest/);
    });
    expect((await ask(app, 'alerts')).store).toBe('memory');
    await app.stop();
  });

  test('failures that are sampled out or throttled count', async () => {
    const app = await start(
      lane,
      { rules: [['errorCount', { above: 19, within: '1m' }]], channels: { hook: hook() } },
      { SENTRY_SAMPLE_RATE: '0' },
    );
    for (let at = 0; at < 20; at++) await fetch(`${app.url}/orders/1`);
    await poll(() => {
      expect(said()).toEqual(['fired error-count']);
    });
    const { capture } = await app.status();
    expect(capture).toMatchObject({ reported: 0, sampledOut: 20 });
    await app.stop();
  });
});

describe.each(mainly('11'))('lane %s', (lane) => {
  test('expected failures do not count; one that is captured and thrown counts once', async () => {
    const app = await start(lane, {
      rules: [['errorCount', { above: 0, within: '1s' }], ['newError']],
      channels: { hook: hook() },
    });
    await fetch(`${app.url}/status/404`);
    await fetch(`${app.url}/status/403`);
    await fetch(`${app.url}/ok`);
    await fetch(`${app.url}/status/500`);
    await poll(() => {
      expect(hooks.bodies.flatMap(({ alerts, ...one }) => alerts ?? [one]).map(({ rule }) => rule)).toEqual(
        expect.arrayContaining(['error-count', 'new-error']),
      );
    });
    const { count } = hooks.bodies
      .flatMap(({ alerts, ...one }) => alerts ?? [one])
      .find(({ rule }) => rule === 'error-count');
    expect(count).toBe(1);
    await app.stop();
  });

  test('requests in a row that fail, whatever health checks say', async () => {
    const app = await start(lane, { rules: [['consecutiveFailures', { count: 3 }]], channels: { hook: hook() } });
    for (let at = 0; at < 3; at++) {
      await fetch(`${app.url}/status/503`);
      await fetch(`${app.url}/health`);
    }
    await poll(() => {
      expect(said()).toEqual(['fired consecutive-failures']);
    });
    await fetch(`${app.url}/ok`);
    await poll(() => {
      expect(said().at(-1)).toMatch(/^(recovered|digest) consecutive-failures/);
    });
    await app.stop();
  });

  test('a share of requests that fail, or are slow', async () => {
    const app = await start(lane, {
      rules: [
        ['errorRate', { above: 0.4, within: '5m', minRequests: 5 }],
        ['slow', { above: '50ms', share: 0.1, within: '5m', minRequests: 2, route: '/slow' }],
      ],
      channels: { hook: hook() },
    });
    for (let at = 0; at < 5; at++) await fetch(`${app.url}/${at < 3 ? 'orders/1' : 'ok'}`);
    for (let at = 0; at < 2; at++) await fetch(`${app.url}/slow?ms=80`);
    await poll(() => {
      const all = hooks.bodies.flatMap(({ alerts, ...one }) => alerts ?? [one]);
      expect(all.find(({ rule }) => rule === 'error-rate')).toMatchObject({ count: 3 });
      expect(all.find(({ rule }) => rule === 'slow')).toMatchObject({ count: 2 });
    });
    await app.stop();
  });

  test.each(['last', 'first', 'every'])('jobs that failed for good, if %s failures are reported', async (REPORT) => {
    const queue = `alerts-${randomUUID()}`;
    const rules = [
      ['jobFailed', { name: 'mails', queue, job: 'mail' }],
      ['jobFailed', { name: 'other-queue', queue: 'invoices' }],
      ['jobFailed', { name: 'flaky', job: 'flaky' }],
      ['jobFailed', { name: 'scheduled', job: 'nightly' }],
    ];
    const app = await start(lane, { rules, channels: { hook: hook() } }, { QUEUE: queue, REPORT });
    await fetch(`${app.url}/jobs/report`);
    await fetch(`${app.url}/jobs/flaky?attempts=2`);
    await fetch(`${app.url}/jobs/mail?attempts=3`);
    const fired = () => hooks.bodies.flatMap(({ alerts: several, ...one }: any) => several ?? [one]);
    await poll(() => {
      expect(
        fired()
          .map(({ rule }) => rule)
          .sort(),
      ).toEqual(['mails', 'scheduled']);
    });
    const mails = fired().find(({ rule }) => rule === 'mails');
    expect(mails).toMatchObject({ count: 1, title: '1 job failed within 5m', tags: { job: 'mail' } });
    expect(mails.message).toBe(`Latest: Error: job mail failed\nin job ${queue} mail`);
    await app.stop();
    const client = new Redis(6379);
    const keys = await client.keys(`bull:${queue}:*`);
    if (keys.length > 0) await client.del(...keys);
    client.disconnect();
  });

  test('what was seen is remembered across restarts', async () => {
    const env = { SENTRY_SPOOL_DIR: `${process.cwd()}/.lanes/spool-${process.pid}` };
    const alerts = { rules: [['newError']], channels: { hook: hook() } };
    for (const message of ['one', 'one', 'two']) {
      const app = await start(lane, alerts, env);
      await fetch(`${app.url}/orders/1?message=${message}`);
      await ask(app, 'alerts');
      await app.stop();
    }
    expect(hooks.bodies.map(({ title }) => title)).toEqual(['New error: Error: one', 'New error: Error: two']);
  });

  test('the environment alone turns alerts on', async () => {
    const app = await start(lane, undefined, {
      SENTRY_SLACK_WEBHOOK_URL: `${hooks.url}/services/T/B/x`,
      SENTRY_CRITICAL_ERROR_THRESHOLD: '1',
    });
    for (let at = 0; at < 2; at++) await fetch(`${app.url}/orders/1`);
    await fetch(`${app.url}/pay`);
    await poll(() => {
      const text = JSON.stringify(hooks.bodies);
      // The failed payment may be counted before the second error is judged.
      for (const part of [/New error: Error: boom/, /[23] errors within 1m/, /1 error within 5m/])
        expect(text).toMatch(part);
    });
    expect(hooks.requests.every(({ path }) => path === '/services/T/B/x')).toBe(true);
    await app.stop();
    const off = await start(lane, undefined, {
      SENTRY_SLACK_WEBHOOK_URL: `${hooks.url}/services/T/B/x`,
      SENTRY_SLACK_ALERTS_ENABLED: 'false',
    });
    expect(await ask(off, 'alerts')).toEqual({ none: true });
    await off.stop();
  });

  test('a wrong option or variable stops the start', async () => {
    const channels = { hook: hook() };
    await expect(start(lane, { channels, rules: [['newError', { notify: ['pager'] }]] })).rejects.toThrow(
      /alerts\.rules\[0\]\.notify\[0\]: received "pager"/,
    );
    await expect(start(lane, undefined, { SENTRY_SLACK_ALERTS_ENABLED: 'true' })).rejects.toThrow(
      /SENTRY_SLACK_WEBHOOK_URL/,
    );
  });

  test('in development, the inbox shows alerts as they fire', async () => {
    const inbox = await startInbox({ port: 0 });
    const app = await start(
      lane,
      { rules: [['newError']] },
      { SENTRY_DSN: inbox.dsn, SENTRY_ENVIRONMENT: 'development' },
    );
    await fetch(`${app.url}/orders/1`);
    await poll(() => {
      const [{ payload }] = inbox.items({ type: 'alert' }) as [any];
      const [event] = inbox.items({ type: 'event' }) as [any];
      expect(payload).toMatchObject({ kind: 'fired', title: 'New error: Error: boom' });
      expect(payload.url).toBe(`${inbox.url}/#/event/${event.payload.event_id}`);
    });
    await app.stop();
    await inbox.close();
  });

  test('by hand: through the same scrubbing and limits', async () => {
    const app = await start(lane, { rules: [], channels: { hook: hook() } });
    const message = {
      title: 'stock is low, password=hunter2',
      severity: 'warning',
      tags: { token: 'abc', shelf: '7' },
      url: 'https://shop.example/7',
    };
    expect(await ask(app, { notify: 'hook', message })).toEqual({ done: true });
    await poll(() => {
      expect(hooks.bodies).toMatchObject([
        {
          kind: 'fired',
          rule: 'notify',
          severity: 'warning',
          title: 'stock is low, password=[Filtered]',
          url: 'https://shop.example/7',
        },
      ]);
    });
    expect(hooks.bodies[0].tags).toEqual({ token: '[Filtered]', shelf: '7' });
    expect((await ask(app, { notify: ['hook', 'nowhere'], message })).refused).toMatch(/nowhere/);
    expect((await ask(app, { notify: 'hook', message: {} })).refused).toMatch(/title/);
    await app.stop();
  });

  test('a dead channel delays and fails nothing, and raises no alert about itself', async () => {
    hooks.answer = () => undefined;
    const app = await start(lane, {
      rules: [['newError'], ['errorCount', { above: 0, within: '1s' }]],
      channels: { hook: hook() },
    });
    const before = performance.now();
    expect((await fetch(`${app.url}/orders/1`)).status).toBe(500);
    expect((await fetch(`${app.url}/ok`)).status).toBe(200);
    expect(performance.now() - before).toBeLessThan(2_000);
    await poll(async () => {
      expect((await ask(app, 'alerts')).channels.hook).toMatchObject({
        sent: 0,
        lastError: 'no answer within 5000 ms',
      });
    });
    await app.status();
    expect(receiver.events).toHaveLength(1);
    const stopped = performance.now();
    expect(await app.stop()).toEqual({ code: null, signal: 'SIGTERM' });
    expect(performance.now() - stopped).toBeLessThan(5_000);
  });
});
