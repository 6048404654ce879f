import { AppProcess, ending, type Lane } from '../harness/app-process';
import { freePort } from '../harness/free-port';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { CONCURRENT } from '../harness/scale';
import { expectations, type Expectation } from './expectations';

/** Covers two ways to start Sentry; each lane starts the library once, and lane 11 the bare application for comparison. */
const starts: Record<Lane, string> = { 11: 'init', 12: 'late' };
const valueOf = (event: any): string => event.message ?? event.exception.values.at(-1).value;

const titleOf = ({ method, data }: Expectation): string => `${method} ${JSON.stringify(data ?? {})}`;

describe.each(['11', '12'] as Lane[])('lane %s', (lane) => {
  let receiver: Receiver;
  let app: AppProcess;
  let bare: AppProcess | undefined;

  const start = async (env: Record<string, string>) =>
    AppProcess.start({ lane, app: 'grpc', env: { RPC_PORT: String(await freePort()), ...env } });

  beforeAll(async () => {
    receiver = await Receiver.start();
    app = await start({
      START: starts[lane],
      SENTRY_DSN: receiver.dsn,
      SENTRY_TRACES_SAMPLE_RATE: '1',
      SENTRY_ENVIRONMENT: 'test',
    });
    if (lane === '11') bare = await start({ BARE: '1' });
  });
  afterAll(async () => {
    await Promise.all([app.stop('SIGKILL'), bare?.stop('SIGKILL'), receiver.close()]);
  });

  const ask = async (from: AppProcess, { method, data = {} }: Expectation) => {
    const response = await fetch(`${from.url}/call/${method}?data=${encodeURIComponent(JSON.stringify(data))}`);
    return { status: response.status, body: (await response.json()) as object };
  };
  /** The span of a method, as soon as it has ended. */
  const transactionOf = async (method: string) => {
    const name = `rpc Orders/${method}`;
    await poll(async () => {
      await app.status();
      expect(receiver.transactions).toContain(name);
    });
    return receiver.spans.find((span) => span.name === name)!;
  };
  /** Of an earlier call, too, which its client has given up. */
  const tracesOf = (wanted: string) => receiver.spans.filter(({ name }) => name === wanted).map(({ trace }) => trace);

  test.each(expectations.map((row) => [titleOf(row), row] as const))('%s', async (_title, row) => {
    receiver.clear();
    const [answer, bareAnswer] = await Promise.all([ask(app, row), bare && ask(bare, row)]);
    await app.status();
    expect(receiver.events.map(valueOf)).toEqual(row.event === undefined ? [] : [row.event]);
    if (row.event) expect(receiver.events[0].transaction).toBe(row.name ?? `rpc Orders/${row.method}`);
    if (row.holds) expect(receiver.events[0]).toMatchObject(row.holds);
    if (row.isStream) expect(receiver.events[0].contexts.payload).toBeUndefined();
    expect(receiver.bytes).not.toContain('hunter2-payload');
    if (bare) expect(answer).toEqual(bareAnswer);
  });

  // Without the SDK, Node exits here; with it, the process continues and the caller gets no response.
  test('a filter that throws is one event, with the original error as context', async () => {
    receiver.clear();
    await fetch(`${app.url}/call/Crashing`, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
    await app.status();
    expect(receiver.events.map(valueOf)).toEqual(['the filter itself failed']);
    expect(receiver.events[0].contexts['original error'].value).toBe('what the filter was to answer');
  });

  test('request, client and handler share one trace', async () => {
    receiver.clear();
    await ask(app, { method: 'Fine' });
    await poll(async () => {
      await app.status();
      expect(receiver.transactions).toEqual(expect.arrayContaining(['GET /call/:method', 'rpc Orders/Fine']));
    });
    const [trace] = tracesOf('rpc Orders/Fine');
    expect(tracesOf('OrdersController.fine')).toEqual([trace]);
    expect(tracesOf('GET /call/:method')).toContain(trace);
  });

  test.each(['List', 'Upload', 'Chat', 'RawUpload', 'RawChat'])(
    'the transaction of %s ends with the call',
    async (method) => {
      receiver.clear();
      const items = Array.from({ length: 4 }, () => ({ n: method === 'List' ? -50 : 1 }));
      await fetch(`${app.url}/call/${method}?every=50&data=${encodeURIComponent(JSON.stringify(items))}`);
      const { start: begun, end } = await transactionOf(method);
      expect(end - begun).toBeGreaterThan(0.14);
      expect(end - begun).toBeLessThan(1);
      expect(tracesOf('GET /call/:method')).toContain(tracesOf(`rpc Orders/${method}`)[0]);
    },
  );

  test.each(['Forever', 'Upload', 'Chat', 'RawUpload', 'RawChat'])(
    'a client that cancels %s is no failure, and ends its transaction',
    async (method) => {
      receiver.clear();
      expect((await fetch(`${app.url}/cancel/${method}`)).status).toBe(200);
      await transactionOf(method);
      expect(receiver.events.map(valueOf)).toEqual([]);
    },
  );

  // Nest sends nobody the failure of such a handler: without the SDK, its unhandled rejection ends the process.
  test.each([
    ['RawThrow', 'failure before a stream'],
    ['RawGuard', 'failure in a guard'],
    ['RawRefused', 'Forbidden resource'],
  ])('%s: a handler of a stream call that fails before it answers is one event', async (method, value) => {
    receiver.clear();
    await fetch(`${app.url}/cancel/${method}`);
    const { status } = await transactionOf(method);
    expect(status).toBe(lane === '11' ? 'internal_error' : 'error');
    expect(receiver.events.map(valueOf)).toEqual([value]);
    expect(receiver.events[0].transaction).toBe(`rpc Orders/${method}`);
  });

  test('an error thrown in a listener of a call is one event, with the user of the call', async () => {
    receiver.clear();
    await fetch(`${app.url}/cancel/ListenerChat`);
    await transactionOf('ListenerChat');
    expect(receiver.events.map(valueOf)).toEqual(['failure in a listener']);
    expect(receiver.events[0]).toMatchObject({
      transaction: 'rpc Orders/ListenerChat',
      user: { id: 'listener' },
      tags: { handler: 'StreamsController.listenerChat' },
    });
  });

  describe('metadata', () => {
    const answersOf = async (path: string) => (await (await fetch(`${app.url}/metadata/${path}`)).json()) as any;
    const TRACE = '0123456789abcdef0123456789abcdef-0123456789abcdef-1';
    const NEW_TRACE = expect.stringMatching(/^(?!0123)[0-9a-f]{32}$/);

    test('of the application is sent with the trace, and stays as it is', async () => {
      const { answers, own } = await answersOf('Trace');
      for (const [trace, baggage, ...others] of answers) {
        expect([trace, ...others]).toEqual([expect.stringMatching(/^[0-9a-f]{32}-[0-9a-f]{16}-1$/), 'value']);
        expect(baggage).toMatch(/^own=1,.*sentry-trace_id=/);
      }
      expect(own).toEqual({ 'x-own': 'value', baggage: 'own=1' });
    });

    test.each([TRACE, 'no trace'])('keeps its own trace: %s', async (trace) => {
      receiver.clear();
      const { answers } = await answersOf(`Trace?trace=${trace}`);
      expect(answers).toEqual([
        [trace, 'own=1', 'value'],
        [trace, 'own=1', 'value'],
      ]);
      await poll(async () => {
        await app.status();
        expect(tracesOf('rpc Orders/Trace')).toContainEqual(trace === TRACE ? TRACE.slice(0, 32) : NEW_TRACE);
      });
    });

    test('that a handler passes on gets the trace of the handler', async () => {
      const { answers } = await answersOf('Forward');
      for (const [received, sent, baggage, ...others] of answers) {
        expect(others).toEqual(['value']);
        expect(sent.slice(0, 32)).toBe(received.slice(0, 32));
        expect(sent).not.toBe(received);
        expect(baggage.match(/sentry-trace_id=/g)).toHaveLength(1);
      }
    });
  });

  test('a failure that goes on through its caller in the same process is one event', async () => {
    receiver.clear();
    expect((await fetch(`${app.url}/pass/Error`)).status).toBe(500);
    await app.status();
    expect(receiver.events.map(valueOf)).toEqual(['plain failure']);
    // Only the caller tells of what the handler has answered on purpose.
    await fetch(`${app.url}/pass/Rpc`);
    await app.status();
    expect(receiver.events.map(valueOf)).toEqual(['plain failure', expect.stringContaining('no such order')]);
  });

  test.each([
    ['both?names=one,rpc', ['failure of one']],
    ['both?names=rpc,one', ['failure of one', '9 FAILED_PRECONDITION: an answer']],
    ['retry', ['failure of late', '9 FAILED_PRECONDITION: an answer']],
  ])('calls of one request are told apart: %s', async (path, events) => {
    receiver.clear();
    expect((await fetch(`${app.url}/${path}`)).status).toBe(500);
    await app.status();
    expect(receiver.events.map(valueOf)).toEqual(events);
  });

  test(`${CONCURRENT} concurrent users of unary and streamed calls are isolated`, async () => {
    receiver.clear();
    const names = Array.from({ length: CONCURRENT }, (_, n) => `user-${n}`);
    const calls: ((name: string) => Expectation)[] = [
      (name) => ({ method: 'User', data: { name } }),
      (name) => ({ method: 'List', data: { name, n: 2 } }),
      ...['Upload', 'Chat', 'RawUpload', 'RawChat'].map((method) => (name: string) => ({
        method,
        data: [{ name }, { n: 1 }, { name: method === 'RawUpload' ? '' : name, n: 13 }],
      })),
    ];
    await Promise.all(
      names.flatMap((name, n) => [ask(app, calls[n % calls.length]!(name)), ask(app, { method: 'Nobody' })]),
    );
    await app.status();
    const [nobodies, users] = [true, false].map((nobody) =>
      receiver.events.filter((event) => (valueOf(event) === 'failure of nobody') === nobody),
    );
    expect(nobodies).toHaveLength(CONCURRENT);
    expect(users!.map(valueOf).sort()).toEqual(names.map((name) => `failure of ${name}`).sort());
    for (const event of nobodies!) {
      expect([event.user?.id, event.tags.who]).toEqual([undefined, undefined]);
      expect(JSON.stringify(event.breadcrumbs ?? [])).not.toContain('crumb of');
    }
    for (const event of users!) {
      const name = valueOf(event).replace('failure of ', '');
      expect([event.user.id, event.tags.who]).toEqual([name, name]);
      const crumbs = event.breadcrumbs.filter(({ category }: any) => category === 'test');
      expect(new Set(crumbs.map(({ message }: any) => message))).toEqual(new Set([`crumb of ${name}`]));
    }
  });

  // It ends the applications, so it comes last.
  test('an error thrown in a subscription ends the process as it does without this library, and is one event', async () => {
    receiver.clear();
    const ends = await Promise.all(
      [app, bare].map(async (each) => {
        if (!each) return 1;
        const ended = ending(each.child);
        await ask(each, { method: 'ListenerUpload', data: [{ name: 'ann' }] }).catch(() => undefined);
        return (await ended).code;
      }),
    );
    expect(ends).toEqual([1, 1]);
    expect(receiver.events.map(valueOf)).toEqual(['failure in a subscription']);
    expect(receiver.events[0]).toMatchObject({ transaction: 'rpc Orders/ListenerUpload', user: { id: 'ann' } });
  });
});

test('services that the targets exclude receive no trace', async () => {
  const receiver = await Receiver.start();
  const app = await AppProcess.start({
    lane: '12',
    app: 'grpc',
    env: {
      RPC_PORT: String(await freePort()),
      INIT: JSON.stringify({ tracing: { rpcTargets: ['orders:'] } }),
      SENTRY_DSN: receiver.dsn,
    },
  });
  const { answers } = (await (await fetch(`${app.url}/metadata/Trace`)).json()) as any;
  expect(answers[0]).toEqual(['', 'own=1', 'value']);
  await Promise.all([app.stop('SIGKILL'), receiver.close()]);
});
