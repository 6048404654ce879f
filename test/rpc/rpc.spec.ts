import { AppProcess, type Lane } from '../harness/app-process';
import { freePort } from '../harness/free-port';
import { canRunOver } from '../harness/brokers';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { CONCURRENT, isFull, representative } from '../harness/scale';
import { expectations, type Expectation } from './expectations';

/** Covers all ways to start Sentry. */
const starts: Record<string, string> = { tcp: 'init', redis: 'register', nats: 'late', rmq: 'init', mqtt: 'late' };
const transports = ['tcp', 'redis', 'nats', 'rmq', 'mqtt'];
const all = (['11', '12'] as Lane[]).flatMap((lane) =>
  transports.map((transport, n) => [lane, transport, n % 2 ? '1' : ''] as const),
);
/** Each on one of the lanes, MQTT on both: its service is named on one of them. */
const combinations = representative(
  all,
  ([lane, transport]) => transport === 'mqtt' || ['tcp', 'nats'].includes(transport) === (lane === '12'),
);
const valueOf = (event: any): string => event.message ?? event.exception.values.at(-1).value;

const over = (transport: string) => combinations.filter(([, name]) => name === transport);
const running = new Map(transports.map((transport) => [transport, canRunOver(transport)]));
const [possible, leftOut] = [true, false].map((wanted) =>
  transports.filter((transport) => running.get(transport) === wanted).flatMap(over),
);
if (leftOut!.length > 0)
  describe.skip.each(leftOut!)('lane %s over %s', () => {
    test('is skipped', () => undefined);
  });

describe.each(possible!)('lane %s over %s, inheritAppConfig=%s', (lane, TRANSPORT, INHERIT) => {
  const isNamed = (TRANSPORT === 'tcp' && lane === '12') || (TRANSPORT === 'mqtt' && lane === '11');
  const isContinued = isNamed || TRANSPORT === 'nats' || TRANSPORT === 'rmq';
  const isBroadcast = ['redis', 'nats', 'mqtt'].includes(TRANSPORT);
  let receiver: Receiver;
  let prefix = '';
  let app: AppProcess;
  let bare: AppProcess | undefined;

  beforeAll(async () => {
    receiver = await Receiver.start();
    const start = async (env: Record<string, string>) => {
      const RPC_QUEUE = `test-${process.pid}-${Math.random().toString(36).slice(2)}`;
      const RPC_PREFIX = isBroadcast ? `${RPC_QUEUE}.` : '';
      if (env.BARE !== '1') prefix = RPC_PREFIX;
      const RPC_PORT = String(await freePort());
      return AppProcess.start({
        lane,
        app: 'rpc',
        env: { TRANSPORT, INHERIT, RPC_QUEUE, RPC_PREFIX, RPC_PORT, ...env },
        nodeOptions: env.START === 'register' ? ['--import', 'nestjs-error-tracker/register'] : [],
      });
    };
    app = await start({
      START: starts[TRANSPORT]!,
      INIT: JSON.stringify(isNamed ? { tracing: { rpcTargets: ['127.0.0.1:'] } } : {}),
      SENTRY_DSN: receiver.dsn,
      SENTRY_TRACES_SAMPLE_RATE: '1',
      SENTRY_ENVIRONMENT: 'test',
    });
    if (TRANSPORT === 'tcp' || isFull) bare = await start({ BARE: '1' });
  });
  afterAll(async () => {
    await Promise.all([app.stop('SIGKILL'), bare?.stop('SIGKILL'), receiver.close()]);
  });

  const ask = async (from: AppProcess, { pattern, data = {} }: Expectation) => {
    const response = await fetch(`${from.url}/send/${pattern}?data=${encodeURIComponent(JSON.stringify(data))}`);
    return { status: response.status, body: await response.json() };
  };

  /** What has arrived, without the prefix of the patterns. */
  const plain = <T>(value: T): T => (prefix ? JSON.parse(JSON.stringify(value).replaceAll(prefix, '')) : value) as T;
  const events = () => plain(receiver.events);
  const spans = () => plain(receiver.spans);
  const transactions = () => plain(receiver.transactions);

  test.each(expectations.map((row) => [row.pattern, row] as const))('%s', async (_pattern, row) => {
    receiver.clear();
    const [answer, bareAnswer] = await Promise.all([ask(app, row), bare && ask(bare, row)]);
    await app.status();
    expect(events().map(valueOf)).toEqual(row.event === undefined ? [] : [expect.stringContaining(row.event)]);
    if (row.event) expect(events()[0].transaction).toBe(row.name ?? `rpc ${row.pattern}`);
    if (row.holds) expect(events()[0]).toMatchObject(row.holds);
    expect(receiver.bytes).not.toContain('hunter2-payload');
    if (bare) expect(answer).toEqual(bareAnswer);
  });

  // Without the SDK, Node exits here; with it, the process continues and the caller gets no response.
  test('a filter that throws is one event, with the original error as context', async () => {
    receiver.clear();
    const signal = AbortSignal.timeout(1_000);
    await fetch(`${app.url}/send/orders.crashing`, { signal }).catch(() => undefined);
    await app.status();
    expect(events().map(valueOf)).toEqual(['the filter itself failed']);
    expect(events()[0]).toMatchObject({
      transaction: 'rpc orders.crashing',
      contexts: { 'original error': { value: 'what the filter was to answer' } },
    });
  });

  test('an event that fails is reported once', async () => {
    receiver.clear();
    await fetch(`${app.url}/emit/orders.placed?data=${encodeURIComponent('{"fail":true}')}`);
    await poll(async () => {
      await app.status();
      expect(events().map(valueOf)).toEqual(['failure of an event']);
    });
    expect(events()[0]).toMatchObject({ transaction: 'rpc orders.placed', tags: { kind: 'rpc event' } });
  });

  if (TRANSPORT === 'mqtt')
    test.each([
      ['orders/4711/shipped', 'orders/+/shipped'],
      ['stock/4711/sold', 'stock/#'],
      ['shared', '$share/group/shared'],
    ])('an event of the topic %s is named after its pattern', async (topic, pattern) => {
      receiver.clear();
      await fetch(`${app.url}/emit/${encodeURIComponent(topic)}`);
      await poll(async () => {
        await app.status();
        expect(events().map(valueOf)).toEqual(['failure of a wildcard']);
      });
      expect(events()[0]).toMatchObject({ transaction: `rpc ${pattern}`, tags: { pattern } });
    });

  test('request, client and handler share one trace', async () => {
    receiver.clear();
    await ask(app, { pattern: 'orders.fine' });
    await poll(async () => {
      await app.status();
      expect(transactions()).toEqual(expect.arrayContaining(['GET /send/:pattern', 'rpc orders.fine']));
    });
    const traces = spans().filter(({ name }) =>
      ['GET /send/:pattern', 'rpc orders.fine', 'OrdersController.fine'].includes(name),
    );
    expect(traces).toHaveLength(3);
    expect(new Set(traces.map(({ trace }) => trace)).size).toBe(1);
  });

  test(`an event ${isContinued ? 'continues the trace' : 'begins a trace: nobody named the service'}`, async () => {
    receiver.clear();
    await fetch(`${app.url}/emit/orders.placed`);
    await poll(async () => {
      await app.status();
      expect(transactions()).toEqual(expect.arrayContaining(['GET /emit/:pattern', 'rpc orders.placed']));
    });
    const [sender, handler] = ['GET /emit/:pattern', 'rpc orders.placed'].map(
      (wanted) => spans().find(({ name }) => name === wanted)!.trace,
    );
    expect(handler === sender).toBe(isContinued);
  });

  test('a failure that goes on through its caller in the same process is one event', async () => {
    receiver.clear();
    const { status } = await fetch(`${app.url}/pass/orders.error`);
    await app.status();
    expect(status).toBe(500);
    expect(events().map(valueOf)).toEqual(['plain failure']);
    // Only the caller tells of what the handler has answered on purpose.
    await fetch(`${app.url}/pass/orders.rpc`);
    await app.status();
    expect(events()).toHaveLength(2);
  });

  test(`${CONCURRENT} concurrent users are isolated`, async () => {
    receiver.clear();
    const names = Array.from({ length: CONCURRENT }, (_, n) => `user-${n}`);
    await Promise.all(
      names.flatMap((name) => [
        ask(app, { pattern: 'orders.user', data: { name } }),
        ask(app, { pattern: 'orders.nobody' }),
      ]),
    );
    await app.status();
    const [nobodies, users] = [true, false].map((nobody) =>
      events().filter((event) => (valueOf(event) === 'failure of nobody') === nobody),
    );
    expect(nobodies).toHaveLength(CONCURRENT);
    expect(users!.map(valueOf).sort()).toEqual(names.map((name) => `failure of ${name}`).sort());
    for (const event of nobodies!) {
      expect(event.user?.id).toBeUndefined();
      expect(event.tags.who).toBeUndefined();
      expect(JSON.stringify(event.breadcrumbs ?? [])).not.toContain('crumb of');
    }
    for (const event of users!) {
      const name = valueOf(event).replace('failure of ', '');
      expect([event.user.id, event.tags.who]).toEqual([name, name]);
      expect(
        event.breadcrumbs.filter(({ category }: any) => category === 'test').map(({ message }: any) => message),
      ).toEqual([`crumb of ${name}`]);
      expect(event.contexts.operation.name).toBe('orders.work');
    }
  });
});
