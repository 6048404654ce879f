import { AppProcess, type Lane, type Platform } from '../harness/app-process';
import { freePort } from '../harness/free-port';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { representative } from '../harness/scale';

const combinations: [Lane, Platform, traced: boolean][] = [
  ['11', 'express', true],
  ['11', 'fastify', false],
  ['12', 'express', false],
  ['12', 'fastify', true],
];

describe.each(representative(combinations, (_row, at) => at === 0))(
  'budgets, lane %s on %s, traced: %s',
  (lane, PLATFORM, traced) => {
    let receiver: Receiver;
    let app: AppProcess;

    beforeAll(async () => {
      receiver = await Receiver.start();
      const SENTRY_TRACES_SAMPLE_RATE = traced ? '1' : '0';
      const TCP_PORT = String(await freePort());
      const env = {
        TCP_PORT,
        PLATFORM,
        SENTRY_DSN: receiver.dsn,
        SENTRY_TRACES_SAMPLE_RATE,
        SENTRY_ENVIRONMENT: 'test',
      };
      app = await AppProcess.start({ lane, app: 'domains', env });
      await fetch(`${app.url}/warm-up`);
    });
    afterAll(async () => {
      await Promise.all([app.stop('SIGKILL'), receiver.close()]);
    });

    const call = async (path: string) => {
      receiver.clear();
      await (await fetch(`${app.url}${path}`, { headers: { 'x-request-id': 'req-budget' } })).text();
    };
    const arrived = (count: number) =>
      poll(async () => {
        await app.status();
        expect(receiver.events.map(({ message }) => message)).toEqual(Array(count).fill('Performance budget exceeded'));
      });

    test('a route over its budget sends a warning in its own group, with the slowest spans', async () => {
      await call('/many/7');
      await arrived(1);
      if (traced) {
        await poll(() => {
          expect(receiver.transactions).toContain('GET /many/:id');
        });
      }
      const [event] = receiver.events;
      expect(event).toMatchObject({
        message: 'Performance budget exceeded',
        level: 'warning',
        transaction: 'GET /many/:id',
        fingerprint: ['performance-budget', 'GET /many/:id'],
        tags: {
          route: 'GET /many/:id',
          budget: 'GET /many/*',
          request_id: 'req-budget',
          handler: 'ShopController.many',
        },
      });
      const { duration, threshold, factor, slowest } = event.contexts.budget;
      expect(threshold).toBe(40);
      expect(duration).toBeGreaterThan(200);
      expect(factor).toBeCloseTo(duration / threshold, 1);
      expect(slowest).toHaveLength(5);
      const durations = slowest.map((step: any) => step.duration);
      expect(durations).toEqual([...durations].sort((a, b) => b - a));
      const steps = slowest.map(({ op, description }: any) => `${op} ${description}`);
      expect(steps).toContain('function shop.wait');
      if (traced) expect(steps[0]).toBe('handler.nestjs ShopController.many');
      if (traced) {
        const handler = receiver.spans.find(({ name }) => name === 'ShopController.many');
        expect(event.contexts.trace.trace_id).toBe(handler?.trace);
      }
      expect(receiver.bytes).not.toContain('secret=x');
    });

    test('a message has the budget of its pattern', async () => {
      await call('/ask');
      await arrived(1);
      const [event] = receiver.events;
      expect(event).toMatchObject({
        transaction: 'rpc orders.count',
        fingerprint: ['performance-budget', 'rpc orders.count'],
        tags: { budget: 'rpc orders.*', kind: 'rpc' },
      });
      expect(event.contexts.budget.slowest).toContainEqual(expect.objectContaining({ description: 'shop.wait' }));
    });

    test('parameter names need not match; responses with 4xx count too', async () => {
      await call('/orders/1?ms=250&fail=1');
      await arrived(1);
      expect(receiver.events[0]).toMatchObject({
        fingerprint: ['performance-budget', 'GET /orders/:id'],
        tags: { budget: 'GET /orders/:orderId' },
        contexts: { response: { status_code: 404 } },
      });
    });

    test.each([
      ['within its budget', '/own/nothing'],
      ['another route of the same form', '/orders/export'],
      ['a path without a route', '/nowhere'],
      ['a stream of events', '/stream'],
    ])('%s: no warning', async (_what, path) => {
      await call(path);
      // Events of an earlier request arrive before those of this one.
      await (await fetch(`${app.url}/orders/1?ms=250`)).text();
      await arrived(1);
      expect(receiver.events[0].tags.route).toBe('GET /orders/:id');
    });
  },
);
