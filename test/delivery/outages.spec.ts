import { readdirSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ending } from '../harness/app-process';
import { FaultyReceiver, faults, type Fault } from '../harness/faulty-receiver';
import { poll } from '../harness/poll';
import { mainly, variation } from '../harness/scale';
import { scenario, startApp, temporaryFolder, type DeliveryApp } from './delivery-app';

/** Tests run concurrently, and share the processors. */
jest.setTimeout(120_000);

const texts = (count: number, name = 'failure') => Array.from({ length: count }, (_, at) => `${name} ${at}`);
/** `hangs` takes as long as the timeout of a response. */
const transient = (Object.keys(faults) as Fault[]).filter((fault) => !/works|hangs|10 MB|mid-body/.test(fault));

describe.each(mainly('11'))('lane %s', (lane) => {
  describe('one application through all faults', () => {
    let receiver: FaultyReceiver;
    let app: DeliveryApp;
    const idsOf = (fault: Fault) => {
      const events = receiver.events.filter((event) => event.exception?.values.at(-1).value.startsWith(fault));
      return events.map((event) => event.event_id as string);
    };

    beforeAll(async () => {
      receiver = await FaultyReceiver.start();
      app = await startApp(lane, receiver, temporaryFolder());
    });
    afterAll(async () => {
      await app.process.stop('SIGKILL');
      await receiver.close();
    });

    test.each(transient)('a receiver that %s delays events and loses none', async (fault) => {
      expect(await app.flush(5_000)).toMatchObject({ flushed: true, delivery: { waiting: 0 } });
      const before = (await app.status()).delivery;
      const since = new Date().toISOString();
      receiver.fault = fault;
      expect(await app.failAll(texts(5, fault))).toEqual(Array(5).fill(500));
      await poll(async () => {
        expect(await app.waiting()).toBeGreaterThanOrEqual(5);
        expect((await app.status()).delivery.lastFailure?.at >= since).toBe(true);
      });
      const { delivered, waiting, spooled, dropped, lastFailure } = (await app.status()).delivery;
      expect({ delivered, spooled, dropped }).toEqual({ delivered: before.delivered, spooled: waiting, dropped: {} });
      expect(lastFailure.reason).toMatch(/^(E[A-Z]+|HPE_\w+|http_\d+)$/);
      receiver.fault = 'works';
      await poll(() => {
        expect(receiver.values.filter((value) => value.startsWith(fault)).sort()).toEqual(texts(5, fault));
      }, 30_000);
      const { flushed, delivery, state } = await app.flush(5_000);
      expect({ flushed, state }).toEqual({ flushed: true, state: 'ok' });
      expect(delivery).toMatchObject({ waiting: 0, spooled: 0, circuit: 'closed', dropped: {} });
      expect(idsOf(fault)).toHaveLength(5);
      expect(delivery.retried).toBeGreaterThan(before.retried);
      expect(delivery.oldestWaiting).toBeUndefined();
    });

    test.each(['sends 10 MB', 'closes mid-body'] as const)(
      'a receiver that %s has accepted the event',
      async (fault) => {
        receiver.fault = fault;
        await app.failAll(texts(5, fault));
        expect(await app.flush(5_000)).toMatchObject({ flushed: true, delivery: { waiting: 0, dropped: {} } });
        expect(idsOf(fault)).toHaveLength(5);
      },
    );
  });

  test.concurrent(
    'a delayed event has the time at which it was sent, so that Sentry does not shift its timestamp',
    scenario(lane, async ({ receiver, start, everythingArrives }) => {
      receiver.fault = 'answers 500';
      const app = await start();
      const before = Date.now();
      await app.fail('late');
      await pause(11_000); // longer than a `sent_at` stays accurate enough
      receiver.fault = 'works';
      await everythingArrives(['late']);
      const { header, at } = receiver.taken[0]!;
      expect(Math.abs(Date.parse(header.sent_at) - at)).toBeLessThan(5_000);
      expect(receiver.events[0].timestamp * 1_000 - before).toBeLessThan(8_000);
    }),
  );

  test.concurrent(
    'kill -9 while Sentry is down: the next start delivers every event, once',
    scenario(lane, async ({ receiver, start, everythingArrives }) => {
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
    }),
  );

  variation.concurrent(
    'an uncaught exception is on disk before the process exits, whatever Sentry does',
    scenario(lane, async ({ receiver, start, everythingArrives }) => {
      receiver.fault = 'hangs';
      const app = await start({ shutdownTimeout: 300 });
      const ended = ending(app.process.child);
      await fetch(`${app.url}/crash/crashed`);
      expect((await ended).code).toBe(1);
      receiver.fault = 'works';
      await start();
      await everythingArrives(['crashed']);
      expect(receiver.eventIds).toHaveLength(1);
    }),
  );

  variation.concurrent(
    'SIGTERM with a thousand events: they are delivered or on disk within shutdownTimeout',
    scenario(lane, async ({ receiver, start, everythingArrives }) => {
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
    }),
  );

  test.concurrent(
    'only the owner can read the folder',
    scenario(lane, async ({ receiver, directory, start }) => {
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
    }),
  );

  test.concurrent(
    'flush is false at once if Sentry is down, and false if it rejects an event',
    scenario(lane, async ({ receiver, start }) => {
      await receiver.down();
      const app = await start();
      await app.fail('away');
      const away = await app.flush(400);
      expect(away).toMatchObject({ flushed: false, delivery: { delivered: 0 } });
      await receiver.up();
      expect(await app.flush(8_000)).toMatchObject({ flushed: true, delivery: { waiting: 0 } });
      expect(receiver.values).toEqual(['away']);
      receiver.delay = 1_000; // so that the event is still in flight when the flush begins
      receiver.decide = () => (response) => response.writeHead(400).end();
      await app.fail('refused');
      expect(await app.flush(5_000)).toMatchObject({
        flushed: false,
        delivery: { waiting: 0 },
      });
    }),
  );

  test.concurrent(
    'a proxy that accepts connections and never responds delays neither flush nor the end of the process',
    scenario(lane, async ({ receiver, start, everythingArrives }) => {
      const proxy = createServer();
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
      const { port } = proxy.address() as AddressInfo;
      try {
        const app = await start({ shutdownTimeout: 300 }, { http_proxy: `http://127.0.0.1:${port}` });
        await app.fail('behind a proxy');
        const { flushed, took } = await app.flush(300);
        expect(flushed).toBe(false);
        expect(took).toBeLessThan(2_000);
        const before = Date.now();
        expect(await app.process.stop()).toMatchObject({ signal: 'SIGTERM' });
        expect(Date.now() - before).toBeLessThan(3_000);
        expect(receiver.requests).toBe(0);
        await start();
        await everythingArrives(['behind a proxy']);
      } finally {
        proxy.close();
      }
    }),
  );

  test.concurrent(
    'serverless: the events of an invocation are delivered once its flush resolves, without work between invocations',
    scenario(lane, async ({ receiver, start }) => {
      const app = await start();
      for (const text of ['first', 'second']) {
        await app.fail(text);
        expect((await app.flush(5_000)).flushed).toBe(true);
        expect(receiver.values).toContain(text);
        app.process.child.kill('SIGSTOP');
        await pause(300);
        app.process.child.kill('SIGCONT');
      }
      receiver.fault = 'answers 503';
      await app.fail('third');
      expect((await app.flush(300)).flushed).toBe(false);
      receiver.fault = 'works';
      expect((await app.flush(5_000)).flushed).toBe(true);
      expect(receiver.values).toEqual(['first', 'second', 'third']);
    }),
  );

  test.concurrent(
    'Sentry receives a client report of what was dropped',
    scenario(lane, async ({ receiver, start }) => {
      receiver.decide = ({ items }) =>
        items[0]?.type === 'event' ? (response) => response.writeHead(413).end() : undefined;
      const app = await start();
      await app.failAll(texts(3));
      await poll(async () => {
        await app.flush(3_000);
        const reported = receiver.taken
          .flatMap(({ items }) => items)
          .filter(({ type }) => type === 'client_report')
          .flatMap(({ payload }) => payload.discarded_events)
          .filter(({ reason, category }) => reason === 'send_error' && category === 'error');
        expect(reported.reduce((sum: number, { quantity }) => sum + Number(quantity), 0)).toBe(3);
      });
    }),
  );

  test.concurrent(
    'a rate limit of one category delays only that category',
    scenario(lane, async ({ receiver, start, everythingArrives }) => {
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
    }),
  );

  test.concurrent(
    'two processes share a folder: when one dies the other sends its events, and nothing is sent twice',
    scenario(lane, async ({ receiver, start, everythingArrives }) => {
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
    }),
  );
});
