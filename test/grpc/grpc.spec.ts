import { AppProcess, type Lane } from '../harness/app-process';
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
  /** Of an earlier call, too, which its client has given up. */
  const tracesOf = (wanted: string) => receiver.spans.filter(({ name }) => name === wanted).map(({ trace }) => trace);

  test.each(expectations.map((row) => [titleOf(row), row] as const))('%s', async (_title, row) => {
    receiver.clear();
    const [answer, bareAnswer] = await Promise.all([ask(app, row), bare && ask(bare, row)]);
    await app.status();
    expect(receiver.events.map(valueOf)).toEqual(row.event === undefined ? [] : [row.event]);
    if (row.event) expect(receiver.events[0].transaction).toBe(row.name ?? `rpc Orders/${row.method}`);
    if (row.holds) expect(receiver.events[0]).toMatchObject(row.holds);
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
      await ask(app, { method, data: Array.from({ length: 12 }, (_, n) => ({ n })) });
      await poll(async () => {
        await app.status();
        expect(receiver.transactions).toContain(`rpc Orders/${method}`);
      });
      const { start: begun, end } = receiver.spans.find(({ name }) => name === `rpc Orders/${method}`)!;
      expect(end - begun).toBeGreaterThan(0.01);
      expect(tracesOf('GET /call/:method')).toContain(tracesOf(`rpc Orders/${method}`)[0]);
    },
  );

  test.each(['List', 'Chat', 'RawChat'])('a client that cancels %s is no failure', async (method) => {
    receiver.clear();
    expect((await fetch(`${app.url}/cancel/${method}`)).status).toBe(200);
    await app.status();
    expect(receiver.events.map(valueOf)).toEqual([]);
  });

  test('metadata of the application stays: its own trace wins, its baggage is kept', async () => {
    const { answers, own } = (await (await fetch(`${app.url}/metadata`)).json()) as any;
    for (const [trace, baggage, value] of answers) {
      expect([trace, value]).toEqual([expect.stringMatching(/^[0-9a-f]{32}-[0-9a-f]{16}-1$/), 'value']);
      expect(baggage).toMatch(/^own=1,.*sentry-trace_id=/);
    }
    expect(own).toEqual({ 'x-own': 'value', baggage: 'own=1' });
    const trace = '0123456789abcdef0123456789abcdef-0123456789abcdef-1';
    const mine = (await (await fetch(`${app.url}/metadata?trace=${trace}`)).json()) as any;
    expect(mine.answers).toEqual([
      [trace, 'own=1', 'value'],
      [trace, 'own=1', 'value'],
    ]);
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

  test(`${CONCURRENT} concurrent users of unary and streamed calls are isolated`, async () => {
    receiver.clear();
    const names = Array.from({ length: CONCURRENT }, (_, n) => `user-${n}`);
    const method = (n: number) => ['User', 'RawUpload', 'RawChat', 'Chat'][n % 4]!;
    await Promise.all(
      names.flatMap((name, n) => [
        ask(app, {
          method: method(n),
          data:
            method(n) === 'User'
              ? { name }
              : [{ name }, { n: 1 }, { name: method(n) === 'RawUpload' ? '' : name, n: 13 }],
        }),
        ask(app, { method: 'Nobody' }),
      ]),
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
  const { answers } = (await (await fetch(`${app.url}/metadata`)).json()) as any;
  expect(answers[0]).toEqual(['', 'own=1', 'value']);
  await Promise.all([app.stop('SIGKILL'), receiver.close()]);
});
