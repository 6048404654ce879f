import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ending } from '../harness/app-process';
import { FaultyReceiver, faults, type Fault } from '../harness/faulty-receiver';
import { poll } from '../harness/poll';
import { lanes, startApp, temporaryFolder, type DeliveryApp } from './delivery-app';

const texts = (count: number, name = 'failure') => Array.from({ length: count }, (_, at) => `${name} ${at}`);
const passing = (Object.keys(faults) as Fault[]).filter((fault) => !/works|10 MB|mid-body/.test(fault));

describe.each(lanes)('lane %s', (lane) => {
  let receiver: FaultyReceiver;
  let directory: string;
  const apps: DeliveryApp[] = [];

  beforeEach(async () => {
    receiver = await FaultyReceiver.start();
    directory = temporaryFolder();
  });
  afterEach(async () => {
    for (const { process } of apps.splice(0)) await process.stop('SIGKILL');
    await receiver.close();
  });

  const start = async (init: object = {}, env: Record<string, string> = {}) => {
    const app = await startApp(lane, receiver, directory, init, env);
    apps.push(app);
    return app;
  };
  const everythingArrives = (expected: string[]) =>
    poll(() => {
      expect(receiver.values.sort()).toEqual([...expected].sort());
    }, 30_000);

  test.each(passing.filter((fault) => fault !== 'hangs'))(
    'a receiver that %s delays events and loses none',
    async (fault) => {
      receiver.fault = fault;
      const app = await start();
      expect(await app.failAll(texts(5))).toEqual(Array(5).fill(500));
      await poll(async () => {
        expect(await app.waiting()).toBeGreaterThanOrEqual(5);
        expect((await app.status()).delivery.lastFailure).toBeDefined();
      });
      const { delivered, waiting, spooled, dropped } = (await app.status()).delivery;
      expect({ delivered, spooled, dropped }).toEqual({ delivered: 0, spooled: waiting, dropped: {} });
      expect((await app.status()).delivery.lastFailure.reason).toMatch(/^(E[A-Z]+|HPE_\w+|http_\d+)$/);
      receiver.fault = 'works';
      await everythingArrives(texts(5));
      const { flushed, delivery, state } = await app.flush(5_000);
      expect({ flushed, state }).toEqual({ flushed: true, state: 'ok' });
      expect(delivery).toMatchObject({ waiting: 0, spooled: 0, circuit: 'closed', dropped: {} });
      expect(receiver.eventIds).toHaveLength(5);
      expect(delivery.retried).toBeGreaterThan(0);
      expect(delivery.oldestWaiting).toBeUndefined();
    },
  );

  test.each(['sends 10 MB', 'closes mid-body'] as const)('a receiver that %s has taken the event', async (fault) => {
    receiver.fault = fault;
    const app = await start();
    await app.failAll(texts(5));
    expect(await app.flush(5_000)).toMatchObject({ flushed: true, delivery: { waiting: 0, dropped: {} } });
    expect(receiver.eventIds).toHaveLength(5);
  });

  test('an event that had to wait says the time at which it was sent, so that Sentry leaves its own time alone', async () => {
    const before = Date.now();
    receiver.fault = 'answers 500';
    const app = await start();
    await app.fail('late');
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    receiver.fault = 'works';
    await everythingArrives(['late']);
    const { header, at } = receiver.taken[0]!;
    expect(Math.abs(Date.parse(header.sent_at) - at)).toBeLessThan(5_000);
    expect(receiver.events[0].timestamp * 1_000 - before).toBeLessThan(8_000);
  });

  test('kill -9 while Sentry is away: the next start delivers what was raised, once', async () => {
    await receiver.down();
    const app = await start();
    await app.failAll(texts(20));
    await poll(async () => {
      expect(await app.waiting()).toBeGreaterThanOrEqual(20);
    });
    await app.process.stop('SIGKILL');
    await receiver.up();
    await start();
    await everythingArrives(texts(20));
    expect(receiver.eventIds).toHaveLength(20);
  });

  test('an uncaught exception is on disk before the process exits, whatever Sentry does', async () => {
    receiver.fault = 'hangs';
    const app = await start({ shutdownTimeout: 300 });
    const ended = ending(app.process.child);
    await fetch(`${app.url}/crash/crashed`);
    expect((await ended).code).toBe(1);
    receiver.fault = 'works';
    await start();
    await everythingArrives(['crashed']);
    expect(receiver.eventIds).toHaveLength(1);
  });

  test('SIGTERM with a thousand events: they are delivered or on disk within shutdownTimeout', async () => {
    receiver.fault = 'hangs';
    const app = await start({ shutdownTimeout: '500ms' });
    await app.burst(1_000, 'queued');
    await poll(async () => {
      expect(await app.waiting()).toBeGreaterThanOrEqual(1_000);
    });
    const before = Date.now();
    await app.process.stop();
    expect(Date.now() - before).toBeLessThan(3_000);
    receiver.fault = 'works';
    await start();
    await everythingArrives(texts(1_000, 'queued'));
  });

  test('what is left in the folder is for its owner only', async () => {
    receiver.fault = 'answers 500';
    const app = await start();
    await app.failAll(texts(3));
    await poll(async () => {
      expect(await app.waiting()).toBeGreaterThanOrEqual(3);
    });
    const entries = (readdirSync(directory, { recursive: true }) as string[]).map((name) =>
      statSync(join(directory, name)),
    );
    expect(entries.some((entry) => entry.isFile() && entry.size > 1_000)).toBe(true);
    for (const entry of entries) expect(entry.mode & 0o777).toBe(entry.isDirectory() ? 0o700 : 0o600);
  });

  test('flush tells the truth: false at once where Sentry is away, false where it refuses', async () => {
    await receiver.down();
    const app = await start();
    await app.fail('away');
    const away = await app.flush(400);
    expect(away).toMatchObject({ flushed: false, delivery: { delivered: 0 } });
    await receiver.up();
    expect(await app.flush(8_000)).toMatchObject({ flushed: true, delivery: { waiting: 0 } });
    expect(receiver.values).toEqual(['away']);
    receiver.decide = () => (response) => response.writeHead(400).end();
    await app.fail('refused');
    expect(await app.flush(5_000)).toMatchObject({
      flushed: false,
      delivery: { waiting: 0 },
    });
  });

  test('serverless: what an invocation raised has left when its flush is done, and nothing is needed between two', async () => {
    const app = await start();
    for (const text of ['first', 'second']) {
      await app.fail(text);
      expect((await app.flush(5_000)).flushed).toBe(true);
      expect(receiver.values).toContain(text);
      app.process.child.kill('SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      app.process.child.kill('SIGCONT');
    }
    receiver.fault = 'answers 503';
    await app.fail('third');
    expect((await app.flush(300)).flushed).toBe(false);
    receiver.fault = 'works';
    expect((await app.flush(5_000)).flushed).toBe(true);
    expect(receiver.values).toEqual(['first', 'second', 'third']);
  });

  test('Sentry is told what was dropped', async () => {
    receiver.decide = ({ items }) =>
      items[0]?.type === 'event' ? (response) => response.writeHead(413).end() : undefined;
    const app = await start();
    await app.failAll(texts(3));
    await poll(async () => {
      await app.flush(3_000);
      const told = receiver.taken
        .flatMap(({ items }) => items)
        .filter(({ type }) => type === 'client_report')
        .flatMap(({ payload }) => payload.discarded_events)
        .filter(({ reason, category }) => reason === 'send_error' && category === 'error');
      expect(told.reduce((sum: number, { quantity }) => sum + Number(quantity), 0)).toBe(3);
    });
  });

  test('a limit of one category holds that one back and no other', async () => {
    receiver.decide = ({ items }) =>
      items.some(({ type }) => type === 'transaction' || type === 'span')
        ? (response) => response.writeHead(429, { 'x-sentry-rate-limits': '2:transaction;span:organization' }).end()
        : undefined;
    const app = await start({ tracesSampleRate: 1 });
    await fetch(`${app.url}/fine`);
    await app.flush(1_000);
    const limitedAt = Date.now();
    receiver.decide = undefined;
    await fetch(`${app.url}/fine`);
    await app.fail('not limited');
    await everythingArrives(['not limited']);
    const spans = () => receiver.taken.filter(({ items }) => items.some(({ type }) => /transaction|span/.test(type)));
    await app.flush(1);
    expect(spans()).toEqual([]);
    await poll(() => {
      expect(spans().length).toBeGreaterThanOrEqual(2);
    });
    expect(spans()[0]?.at).toBeGreaterThanOrEqual(limitedAt + 1_500);
  });

  test('two processes share a folder: what one leaves when it dies the other sends, and nothing is sent twice', async () => {
    receiver.fault = 'answers 503';
    const [one, two] = [await start(), await start()];
    await one.failAll(texts(10, 'one'));
    await two.failAll(texts(10, 'two'));
    await poll(async () => {
      expect(await one.waiting()).toBeGreaterThanOrEqual(10);
    });

    await one.process.stop('SIGKILL');
    receiver.fault = 'works';
    await everythingArrives([...texts(10, 'one'), ...texts(10, 'two')]);
    expect(receiver.eventIds).toHaveLength(20);
  });
});
