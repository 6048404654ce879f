import { AppProcess } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { isFull } from '../harness/scale';
import { HttpReceiver } from './http-receiver';

const ERRORS = isFull ? 10_000 : 1_000;
const AT_ONCE = 20;
let receiver: Receiver;
let hooks: HttpReceiver;

beforeAll(async () => {
  receiver = await Receiver.start();
  hooks = await HttpReceiver.start();
});
afterAll(async () => {
  await hooks.close();
  await receiver.close();
});

/** Milliseconds of a request in the middle, and of one of the slowest hundredth. */
async function storm(app: AppProcess): Promise<{ median: number; slowest: number }> {
  const times: number[] = [];
  let left = ERRORS;
  const worker = async () => {
    while (left-- > 0) {
      const before = performance.now();
      const response = await fetch(`${app.url}/orders/${left}?message=order%20${left}%20failed`, {
        headers: { 'x-user': `u${left % 50}` },
      });
      await response.arrayBuffer();
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  times.sort((one, other) => one - other);
  return { median: times[Math.floor(ERRORS / 2)]!, slowest: times[Math.floor(ERRORS * 0.99)]! };
}

test(`${ERRORS} errors: a few messages with the count, and requests as fast as without alerts`, async () => {
  const env = { SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test', SENTRY_THROTTLE: 'true' };
  const bare = await AppProcess.start({ lane: '11', app: 'alerts', env });
  await storm(bare); // compiles what both run
  const without = await storm(bare);
  await bare.stop();

  const alerts = { channels: { hook: ['webhook', { url: hooks.url }] } };
  const app = await AppProcess.start({ lane: '11', app: 'alerts', env: { ...env, ALERTS: JSON.stringify(alerts) } });
  await storm(app);
  const withAlerts = await storm(app);
  await poll(() => {
    const fired = hooks.bodies.flatMap(({ alerts: several, ...one }) => several ?? [one]).map(({ rule }) => rule);
    expect(new Set(fired)).toEqual(new Set(['high-error-rate', 'error-burst', 'api-down', 'new-error']));
  });
  const messages = hooks.requests.length;
  process.stderr.write(`${JSON.stringify({ errors: 2 * ERRORS, messages, without, withAlerts })}\n`);
  expect(messages).toBeLessThanOrEqual(6);
  // Other processes share the machine: a request must not wait for a channel, whatever else it waits for.
  expect(withAlerts.median).toBeLessThan(without.median * 2 + 10);
  const answer = new Promise<any>((resolve) => app.child.once('message', resolve));
  app.child.send('active');
  const burst = (await answer).find(({ rule }: any) => rule === 'error-burst');
  expect(burst).toMatchObject({ count: 2 * ERRORS, users: 50 });
  await app.stop();
}, 300_000);
