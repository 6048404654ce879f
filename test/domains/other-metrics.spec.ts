import { join } from 'node:path';
import { AppProcess, type Lane } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { representative } from '../harness/scale';

const preload = ['--import', join(__dirname, '..', 'harness', 'other-metrics.mjs')];

const combinations: [Lane, string][] = [
  ['11', 'none'],
  ['12', 'old'],
  ['11', 'old'],
  ['12', 'none'],
];

describe.each(representative(combinations, ([lane]) => lane === '11'))(
  'lane %s, the SDK has metrics: %s',
  (lane, METRICS) => {
    test('nothing fails, and available metrics are used', async () => {
      const receiver = await Receiver.start();
      const env = { METRICS, SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' };
      const app = await AppProcess.start({ lane, app: 'domains', env, nodeOptions: preload });
      const told: unknown[] = [];
      app.child.on('message', (message: any) => {
        if (message.metric) told.push(message.metric);
      });
      expect(await (await fetch(`${app.url}/metrics`)).json()).toEqual({ done: true });
      await fetch(`${app.url}/business`);
      const { faults } = await app.status();
      expect(faults).toEqual({});
      expect(receiver.events.map((event) => event.message ?? event.exception.values.at(-1).value)).toContain(
        'afterwards',
      );
      expect(receiver.items.filter(({ type }) => type === 'trace_metric')).toEqual([]);
      const expected = [
        ['increment', 'carts', 2, { shop: 'main' }],
        ['gauge', 'queue', 7, null],
        ['increment', 'visitors', 1, { shop: 'main', unique: expect.any(String) }],
      ];
      expect(told.slice(0, 3)).toEqual(METRICS === 'old' ? expected : []);
      await Promise.all([app.stop('SIGKILL'), receiver.close()]);
    });
  },
);
