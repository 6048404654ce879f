import { isFull, mainly, representative } from '../harness/scale';
import { AppProcess, type Lane } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';

const lanes = mainly('11');
const summariesOf = ({ events }: Receiver) => events.filter((event) => event.contexts?.throttle);
const plainOf = ({ events }: Receiver) => events.filter((event) => !event.contexts?.throttle);
const leftOut = (receiver: Receiver): number[] =>
  summariesOf(receiver).map(({ contexts }) => contexts.throttle.left_out);
const total = (receiver: Receiver) => leftOut(receiver).reduce((sum, count) => sum + count, plainOf(receiver).length);

const startApp = (lane: Lane, receiver: Receiver, init: object = {}, PLATFORM = 'express') =>
  AppProcess.start({
    lane,
    app: 'volume',
    env: {
      INIT: JSON.stringify(init),
      PLATFORM,
      SENTRY_DSN: receiver.dsn,
      SENTRY_ENVIRONMENT: 'test',
      SENTRY_THROTTLE: '',
      SENTRY_TRACES_SAMPLE_RATE: '0',
    },
  });
const storm = ({ child }: AppProcess, name: string, count: number): Promise<{ cpu: number; answer: number }> => {
  const answer = new Promise<any>((resolve) => child.once('message', resolve));
  child.send({ storm: name, count });
  return answer;
};

describe.each(lanes)('lane %s', (lane) => {
  let receiver: Receiver;
  let app: AppProcess;

  beforeEach(async () => {
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    await app.stop('SIGKILL');
    await receiver.close();
  });

  const start = async (init?: object, platform?: string) => {
    app = await startApp(lane, receiver, init, platform);
  };

  test('10,000 identical errors: the first ones, then one summary with the exact count, for less CPU', async () => {
    await start();
    const { cpu, answer } = await storm(app, 'same', 10_000);
    const { capture } = await app.status();
    expect(plainOf(receiver).length).toBeGreaterThanOrEqual(10);
    expect(plainOf(receiver).length).toBeLessThan(20);
    expect(answer).toBe(plainOf(receiver).length);
    expect(summariesOf(receiver)).toHaveLength(1);
    expect(total(receiver)).toBe(10_000);
    expect(capture).toMatchObject({ reported: answer, throttled: 10_000 - answer });
    const [summary] = summariesOf(receiver);
    const [event] = plainOf(receiver);
    expect(summary.exception.values[0].type).toBe('Error');
    expect(summary.exception.values[0].stacktrace).toEqual(event.exception.values[0].stacktrace);
    expect(summary.fingerprint).toEqual(event.fingerprint);
    expect(summary.level).toBe(event.level);
    if (!isFull) return;
    await app.stop('SIGKILL');

    await start({ throttle: false });
    const without = await storm(app, 'same', 1_000);
    await app.status();
    const ratio = (without.cpu * 10) / cpu;
    process.stdout.write(`lane ${lane}: a storm costs 1/${ratio.toFixed(1)} of what it costs without the throttle\n`);
  });

  test('10,000 different errors: the ceiling of the process holds, and summaries account for the rest', async () => {
    await start({ throttle: { ceiling: 200, maxSummaries: 5 } });
    const { answer } = await storm(app, 'distinct', 10_000);
    const { capture } = await app.status();
    expect(answer).toBe(200);
    expect(plainOf(receiver)).toHaveLength(200);
    expect(capture).toMatchObject({ reported: 200, throttled: 9_800 });
    expect(total(receiver)).toBe(10_000);
    expect(summariesOf(receiver)).toHaveLength(6);
    const shared = summariesOf(receiver).find(({ contexts }) => contexts.throttle.groups > 1);
    expect(shared).toMatchObject({
      level: 'warning',
      contexts: { throttle: { left_out: 9_795, over_ceiling: 9_795 } },
    });
    // Distinct groups are counted up to 1,000.
    expect(shared.contexts.throttle).toMatchObject({ groups: 1_000, summary: expect.stringMatching(/at least 1000/) });
  });

  test('a summary is sent when the window closes, one for each window', async () => {
    await start({ throttle: { burst: 3, perMinute: 0, window: '300ms' } });
    for (const round of [1, 2]) {
      await storm(app, 'same', 53);
      await poll(() => {
        expect(summariesOf(receiver)).toHaveLength(round);
      });
    }
    expect(summariesOf(receiver).map(({ contexts }) => contexts.throttle.left_out)).toEqual([50, 53]);
    expect(plainOf(receiver)).toHaveLength(3);
    const { since, until } = summariesOf(receiver)[1].contexts.throttle;
    expect(Date.parse(until) - Date.parse(since)).toBeLessThan(5_000);
    expect(summariesOf(receiver)[0].message).toMatch(/^50 more events of this group were left out between 20/);
  });

  test('an error that ends the process is always sent', async () => {
    await start({ throttle: { burst: 2, perMinute: 0 } });
    await storm(app, 'crash', 50);
    await new Promise((resolve) => app.child.once('exit', resolve));
    expect(app.child.exitCode).toBe(1);
    expect(plainOf(receiver).map(({ level }) => level)).toEqual(['error', 'error', 'fatal']);
    expect(summariesOf(receiver)[0].contexts.throttle.left_out).toBe(48);
  });

  test('on a signal, summaries are sent before the process ends', async () => {
    await start({ throttle: { burst: 2, perMinute: 0 } });
    await storm(app, 'same', 30);
    await app.stop('SIGTERM');
    expect(total(receiver)).toBe(30);
  });

  test.each(representative(['express', 'fastify'], (platform) => platform === 'fastify'))(
    'over HTTP, %s: users and routes are counted, and all events are accounted for',
    async (platform) => {
      await start({ throttle: { burst: 5, perMinute: 0 } }, platform);
      const ids = Array.from({ length: 120 }, (_, id) => id);
      const call = async (path: string, id: number) =>
        fetch(`${app.url}/shop/orders/${path}/${id}`, { headers: { 'x-user': `user ${id % 12}` } });
      await Promise.all(ids.map((id) => call('refused', id)));
      expect((await call('late', 1)).status).toBe(500);
      const { capture } = await app.status();
      expect(plainOf(receiver)).toHaveLength(6); // another place is another group
      expect(summariesOf(receiver)).toHaveLength(1);
      expect(summariesOf(receiver)[0]).toMatchObject({
        transaction: 'GET /shop/orders/refused/:id',
        tags: { handler: 'OrdersController.refused' },
        contexts: { throttle: { left_out: 115, users: 12, routes: 1 } },
      });
      expect(summariesOf(receiver)[0].user?.id).toBeUndefined();
      expect(summariesOf(receiver)[0].breadcrumbs ?? []).toEqual([]);
      expect(capture).toMatchObject({ reported: 6, throttled: 115 });
    },
  );

  test('error sampling precedes the budget and never drops unhandled errors by default', async () => {
    const errors = [{ type: 'Error', rate: 0 }];
    await start({ sampling: { errors } });
    await storm(app, 'same', 30);
    await storm(app, 'rejection', 3);
    expect((await app.status()).capture).toMatchObject({ sampledOut: 30, throttled: 0 });
    expect(receiver.events.map(textOf)).toEqual(['nobody waits for 0', 'nobody waits for 1', 'nobody waits for 2']);
  });

  test('sampleRate applies before the budget; summaries are always sent', async () => {
    await start({ sampleRate: 0.5, throttle: { burst: 5, perMinute: 0 } });
    await storm(app, 'same', 400);
    const { capture } = await app.status();
    expect(plainOf(receiver)).toHaveLength(5);
    expect(capture.sampledOut).toBe(400 - total(receiver));
    expect(capture.sampledOut).toBeGreaterThan(100);
  });
});

describe.each(lanes)('lane %s, one application for all kinds of events', (lane) => {
  let receiver: Receiver;
  let app: AppProcess;

  beforeAll(async () => {
    receiver = await Receiver.start();
    app = await startApp(lane, receiver, { throttle: { burst: 4, perMinute: 0 } });
  });
  afterAll(async () => {
    await app.stop('SIGKILL');
    await receiver.close();
  });

  test.each([
    ['sdk', 'order 0 was refused'],
    ['sdk-message', 'order 0 is late'],
    ['sdk-event', 'order 0 was built by hand'],
    ['message', 'the cellar is damp'],
    ['domain', 'declined'],
    ['slow', 'Slow operation'],
    ['rejection', 'nobody waits for 0'],
  ])('%s: limited by the same budget, in its own group', async (name, text) => {
    receiver.clear();
    const before = (await app.status()).capture;
    await storm(app, name, 100);
    const { capture, faults } = await app.status();
    expect(faults).toEqual({});
    expect(plainOf(receiver)).toHaveLength(4);
    expect(summariesOf(receiver)).toHaveLength(1);
    expect(capture.throttled - before.throttled).toBe(96);
    expect(summariesOf(receiver)[0].contexts.throttle.left_out).toBe(96);
    const [event] = plainOf(receiver);
    const [summary] = summariesOf(receiver);
    expect(plainOf(receiver).map(textOf)).toContain(text);
    expect(summary.fingerprint).toEqual(event.fingerprint);
    expect(summary.level).toBe(event.level ?? 'error'); // an event that was built by hand has none
    expect(inAppFrames(summary)).toEqual(inAppFrames(event));
    if (name === 'domain') expect(summary.tags).toMatchObject({ domain: 'payment', throttle: 'summary' });
  });
});

function textOf({ message, exception }: any): string {
  return message ?? exception.values.at(-1).value;
}

function inAppFrames({ exception }: any): string[] {
  const frames = exception?.values.at(-1).stacktrace?.frames ?? [];
  return frames.filter((frame: any) => frame.in_app).map((frame: any) => `${frame.filename}:${frame.lineno}`);
}
