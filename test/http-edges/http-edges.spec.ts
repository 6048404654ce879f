import { AppProcess } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { CONCURRENT, lanesAndPlatforms, representative } from '../harness/scale';
import { edges } from './edge-expectations';
import { abortedCall, rawCall } from './raw-call';

const valueOf = (event: any): string => event.message ?? event.exception.values.at(-1).value;

describe.each(lanesAndPlatforms)('lane %s on %s', (lane, PLATFORM) => {
  let receiver: Receiver;
  let app: AppProcess;
  let bare: AppProcess;

  beforeAll(async () => {
    receiver = await Receiver.start();
    const env = {
      PLATFORM,
      SENTRY_DSN: receiver.dsn,
      SENTRY_TRACES_SAMPLE_RATE: '1',
      SENTRY_ENVIRONMENT: 'test',
    };
    [app, bare] = await Promise.all([
      AppProcess.start({ lane, app: 'edges', env }),
      AppProcess.start({ lane, app: 'edges', env: { PLATFORM, BARE: '1' } }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([app.stop('SIGKILL'), bare.stop('SIGKILL'), receiver.close()]);
  });
  beforeEach(() => {
    receiver.clear();
  });

  /** The only event after a flush. */
  const oneEvent = async (value: string) => {
    await poll(async () => {
      await app.status();
      expect(receiver.events.map(valueOf)).toEqual([expect.stringContaining(value)]);
    });
    return receiver.events[0];
  };

  test.each(edges.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    const [answer, bareAnswer] = await Promise.all([rawCall(app.url, row), rawCall(bare.url, row)]);
    if (row.event === undefined) {
      await app.status();
      expect(receiver.events.map(valueOf)).toEqual([]);
    } else {
      const event = await oneEvent(row.event);
      if (row.transaction) expect(event.transaction).toBe(row.transaction);
      if (row.holds) expect(event).toMatchObject(row.holds);
    }
    expect(answer).toEqual(bareAnswer);
    expect(app.child.exitCode).toBeNull();
  });

  test('a file adds no warning about listeners', async () => {
    const warnings = ({ output }: AppProcess) => /MaxListenersExceededWarning/.test(output);
    for (const each of [app, bare]) await rawCall(each.url, { path: '/streams/file/fine' });
    await app.status();
    expect(warnings(app)).toBe(warnings(bare));
  });

  test('a file whose error handler responds with 404', async () => {
    const answer = await rawCall(app.url, { path: '/streams/file/handled' });
    // Fastify does not call that handler and responds with 500, which is a failure.
    if (answer.status === 404) {
      await app.status();
      expect(receiver.events).toEqual([]);
    } else await oneEvent('answered as a 404');
  });

  test('the transaction of a request that failed in a middleware is named after its route', async () => {
    await rawCall(app.url, { path: '/edges/fine/9', headers: { 'x-fail': 'throw' } });
    await poll(async () => {
      await app.status();
      expect(receiver.transactions).toEqual(['GET /edges/fine/:id']);
    });
  });

  test('a filter that rejects: one event with the original error as context, and the process survives', async () => {
    const call = abortedCall(app.url, { path: '/streams/rejecting-filter' }, 150);
    await call;
    const event = await oneEvent('the async filter rejects');
    expect(event.contexts['original error']).toMatchObject({ value: 'what the filter was to answer' });
    expect(event.transaction).toBe('GET /streams/rejecting-filter');
    expect((await rawCall(app.url, { path: '/edges/fine/1' })).status).toBe(200);
  });

  test('a failure after the client has disconnected is reported', async () => {
    await abortedCall(app.url, { path: '/edges/slow-failure' });
    const event = await oneEvent('failed after the client had left');
    expect(event.transaction).toBe('GET /edges/slow-failure');
  });

  test.each(['/edges/upload', '/edges/raw-upload'])(
    'an upload to %s that the client aborts is not reported',
    async (path) => {
      const type =
        path.endsWith('raw-upload') && PLATFORM === 'express' ? 'application/octet-stream' : 'application/json';
      const before = await app.status();
      await abortedCall(app.url, {
        path,
        method: 'POST',
        headers: { 'content-type': type, 'content-length': '1000' },
        body: '{"half":',
      });
      await rawCall(app.url, { path: '/edges/fine/1' });
      const after = await app.status();
      expect(receiver.events.map(valueOf)).toEqual([]);
      expect(after.capture.reported).toBe(before.capture.reported);
    },
  );

  test.each(['/streams/file/endless', '/streams/sse/middle'])(
    'a client that disconnects from %s is not reported',
    async (path) => {
      await abortedCall(app.url, { path }, path.includes('sse') ? 5 : 40);
      await rawCall(app.url, { path: '/edges/fine/1' });
      await app.status();
      expect(receiver.events.map(valueOf)).toEqual([]);
    },
  );

  test('members of an AggregateError and causes are linked, cycles are cut', async () => {
    await rawCall(app.url, { path: '/edges/aggregate' });
    const { values } = (await oneEvent('several')).exception;
    expect(values.map(({ value }: any) => value).sort()).toEqual(['member one', 'member two', 'several']);
    receiver.clear();
    await rawCall(app.url, { path: '/edges/cycle' });
    const cycle = (await oneEvent('cycle outer')).exception.values;
    expect(cycle.map(({ value }: any) => value)).toEqual(['cycle inner', 'cycle outer']);
  });

  test('an unhandled rejection is one event with the transaction of its request', async () => {
    await rawCall(app.url, { path: '/edges/uncaught-rejection' });
    const event = await oneEvent('nobody awaits this');
    expect(event.exception.values[0].mechanism).toMatchObject({ handled: false });
    expect(event.transaction).toBe('GET /edges/uncaught-rejection');
  });

  test('breadcrumbs of a timer do not appear in a request', async () => {
    await rawCall(app.url, { path: '/edges/crumbs' });
    expect((await oneEvent('its own breadcrumbs')).breadcrumbs ?? []).toEqual([]);
  });
});

describe.each(representative(lanesAndPlatforms, ([lane]) => lane === '11'))(
  'without tracing, lane %s on %s',
  (lane, PLATFORM) => {
    let receiver: Receiver;
    let app: AppProcess;

    beforeAll(async () => {
      receiver = await Receiver.start();
      const env = {
        PLATFORM,
        SENTRY_DSN: receiver.dsn,
        SENTRY_TRACES_SAMPLE_RATE: '0',
        SENTRY_ENVIRONMENT: 'test',
        STATUS: JSON.stringify({ '4xx': 0.1, 404: 0 }),
      };
      app = await AppProcess.start({ lane, app: 'edges', env });
    });
    afterAll(async () => {
      await Promise.all([app.stop('SIGKILL'), receiver.close()]);
    });
    beforeEach(() => {
      receiver.clear();
    });

    const expectOwn = (event: any) => {
      const name = valueOf(event).split(' ').at(-1)!;
      expect(event.user).toMatchObject({ id: name });
      expect(event.tags).toMatchObject({ who: name });
      expect((event.breadcrumbs ?? []).map(({ message }: any) => message)).toEqual([`crumb of ${name}`]);
    };
    const names = Array.from({ length: CONCURRENT }, (_, n) => `user-${n}`);

    test(`${CONCURRENT} concurrent users are isolated`, async () => {
      await Promise.all(names.map((name) => rawCall(app.url, { path: `/edges/interleaved?name=${name}` })));
      await app.status();
      expect(receiver.events.map(valueOf).sort()).toEqual(names.map((name) => `failure of ${name}`).sort());
      receiver.events.forEach(expectOwn);
      expect(receiver.transactions).toEqual([]);
    });

    test('work and timers that outlive the response keep the context of their request', async () => {
      await Promise.all(names.map((name) => rawCall(app.url, { path: `/edges/after-response?name=${name}` })));
      await poll(async () => {
        await app.status();
        expect(receiver.events).toHaveLength(2 * CONCURRENT);
      });
      const expected = names.flatMap((name) => [`timer of ${name}`, `promise of ${name}`]);
      expect(receiver.events.map(valueOf).sort()).toEqual(expected.sort());
      receiver.events.forEach(expectOwn);
    });

    test('a tenth of the client errors is reported, and none of those with rate 0', async () => {
      const before = (await app.status()).capture;
      const all = 600;
      for (let n = 0; n < all; n += 50) {
        await Promise.all(Array.from({ length: 50 }, () => rawCall(app.url, { path: '/edges/teapot' })));
      }
      const after = (await app.status()).capture;
      // Six standard deviations (7.3) around 60: one run in a billion fails by chance.
      expect(receiver.events.length).toBeGreaterThan(15);
      expect(receiver.events.length).toBeLessThan(105);
      expect(after.reported - before.reported).toBe(receiver.events.length);
      expect(after.sampledOut - before.sampledOut).toBe(all - receiver.events.length);
      receiver.clear();
      await rawCall(app.url, { path: '/nowhere' });
      await app.status();
      expect(receiver.events).toEqual([]);
    });
  },
);
