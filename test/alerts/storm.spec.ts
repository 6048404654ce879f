import type { ServerResponse } from 'node:http';
import { AppProcess } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { isFull } from '../harness/scale';
import { HttpReceiver } from './http-receiver';

const ERRORS = isFull ? 10_000 : 1_000;
const AT_ONCE = 20;
const DEAD = '/dead';
/** Answers that the dead channel waits for. */
const hanging: ServerResponse[] = [];
let receiver: Receiver;
let hooks: HttpReceiver;

beforeAll(async () => {
  receiver = await Receiver.start();
  hooks = await HttpReceiver.start();
  hooks.answer = ({ path }, response) => {
    if (path === DEAD) hanging.push(response);
    else response.end('{}');
  };
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

test(`${ERRORS} errors twice: a few messages with the count, and requests that do not wait for a channel`, async () => {
  const env = { SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test', SENTRY_THROTTLE: 'true' };
  const bare = await AppProcess.start({ lane: '11', app: 'alerts', env });
  await storm(bare); // compiles what both run
  const without = await storm(bare);
  await bare.stop();

  const alerts = { channels: { hook: ['webhook', { url: hooks.url }], dead: ['webhook', { url: hooks.url + DEAD }] } };
  const app = await AppProcess.start({ lane: '11', app: 'alerts', env: { ...env, ALERTS: JSON.stringify(alerts) } });
  await storm(app);
  const withAlerts = await storm(app);
  expect(hanging.length).toBeGreaterThan(0);
  const bodies = () => hooks.requests.filter(({ path }) => path !== DEAD).map(({ body }) => body);
  await poll(() => {
    const fired = bodies().flatMap(({ alerts: several, ...one }) => several ?? [one]);
    expect(new Set(fired.map(({ rule }) => rule))).toEqual(
      new Set(['high-error-rate', 'error-burst', 'api-down', 'new-error']),
    );
  });
  const messages = bodies().length;
  process.stderr.write(`${JSON.stringify({ errors: 2 * ERRORS, messages, without, withAlerts })}\n`);
  expect(messages).toBeLessThanOrEqual(6);
  // What was counted last is judged a moment later.
  await poll(async () => {
    const answer = new Promise<any>((resolve) => app.child.once('message', resolve));
    app.child.send('active');
    const burst = (await answer).find(({ rule }: any) => rule === 'error-burst');
    expect(burst).toMatchObject({ count: 2 * ERRORS, users: 50 });
  });
  for (const response of hanging) response.end('{}');
  await app.stop();
}, 300_000);
