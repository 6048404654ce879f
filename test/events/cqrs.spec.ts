import { ending, type Lane } from '../harness/app-process';
import { poll } from '../harness/poll';
import { mainly } from '../harness/scale';
import { QueuesApp, valueOf } from '../jobs/queues-app';
import { cqrs } from './expectations';

const startCqrs = (lane: Lane, env: Record<string, string> = {}) => QueuesApp.start(lane, env, [], 'cqrs');

describe.each<Lane>(['11', '12'])('CQRS in lane %s', (lane) => {
  let app: QueuesApp;
  beforeAll(async () => {
    app = await startCqrs(lane);
  });
  afterAll(() => app.stop(false));
  beforeEach(async () => {
    await app.tell({ told: true });
    await app.status();
    app.receiver.clear();
  });

  /** The values of all events, once there are as many, and nothing else is on its way. */
  async function reported(values: string[]): Promise<any[]> {
    await app.get('after/PlaceOrder');
    await poll(async () => {
      await app.status();
      expect(app.receiver.events.map(valueOf).sort()).toEqual([...values, 'failure after a command'].sort());
    });
    return app.receiver.events.filter((event) => !valueOf(event).includes('after a command'));
  }
  const ask = async (path: string) => (await fetch(`${app.app.url}/${path}`)).status;

  test.each(cqrs.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    const { path, status = 200, events = [], transaction, handler } = row;
    expect(await ask(path)).toBe(status);
    const [event] = await reported(events);
    if (event) expect(event).toMatchObject({ transaction, tags: { handler } });
  });

  test('two handlers of one event fail as two, and @Report applies', async () => {
    await ask('publish/OrderPaid/fails');
    await reported(['failure of a paid event', 'failure of another paid event']);
    app.receiver.clear();
    await ask('publish/OrderPaid/ignored');
    await reported(['another paid event']);
  });

  test('CQRS is told of the same failures as without this library', async () => {
    await ask('publish/OrderPlaced/fails');
    await ask('publish/OrderCancelled/fails');
    await ask('publish/SagaBegan/fails');
    await reported(['failure of an event', 'failure of a synchronous event', 'failure of a scoped command']);
    expect((await app.tell({ told: true })).told.sort()).toEqual([
      'failure of a scoped command',
      'failure of a synchronous event',
      'failure of an event',
    ]);
  });

  test('a handler that is not asynchronous returns and throws at once', async () => {
    expect(await app.get('now/fine')).toEqual({ value: 'cancelled' });
    expect(await app.get('now/fails')).toEqual({ thrown: 'failure of a synchronous command' });
    expect(await app.get('query/StreamOrders/fine')).toEqual({ value: 'one' });
    await reported([]);
  });

  test('what a handler sets is in its event, and nothing of it in that of the request', async () => {
    await ask('command/Checkout/fails');
    const [event] = await reported(['failure of a command']);
    expect(event).toMatchObject({
      tags: { 'set-by': 'a command', outer: 'a checkout' },
      user: { id: 'user of a command' },
      request: { method: 'GET' },
      contexts: { response: { status_code: 500 } },
    });
    expect(event.breadcrumbs.map(({ message }: any) => message)).toContain('crumb of a command');
    const [after] = app.receiver.events.filter((each) => valueOf(each) === 'failure after a command');
    expect(after.transaction).toBe('GET /after/:name');
    expect(after.tags['set-by']).toBeUndefined();
    expect(after.user?.id).toBeUndefined();
    expect(JSON.stringify(after.breadcrumbs ?? [])).not.toContain('crumb of');
  });

  test('inside a request, all of them are spans of its trace', async () => {
    await ask('command/Checkout/fine');
    await ask('query/FindOrder/fine');
    await ask('publish/SagaBegan/fine');
    await ask('publish/OrderPlaced/fails');
    for (const [request, spans] of [
      ['GET /command/:name/:how', ['command Checkout', 'command PlaceOrder']],
      ['GET /query/:name/:how', ['query FindOrder']],
      ['GET /publish/:name/:how', ['saga shipping', 'command ShipOrder', 'event OrderPlaced']],
    ] as const) {
      for (const name of spans) {
        const [span] = await app.spans((each) => each.name === name);
        const traces = app.receiver.spans.filter((each) => each.name === request).map(({ trace }) => trace);
        expect(traces).toContain(span!.trace);
        expect(span!.data['sentry.origin']).toMatch(/nestjs_error_tracker$/);
      }
    }
    const failed = app.receiver.spans.find(({ name }) => name === 'event OrderPlaced');
    expect(failed?.status).toMatch(/error/);
  });

  test('outside of requests, each has a transaction, and the failure of a command is its caller’s', async () => {
    await app.tell({ execute: 'PlaceOrder' });
    expect((await app.tell({ execute: 'PlaceOrder', how: 'fails' })).execute).toBe('Error: failure of a command');
    await app.tell({ publish: 'OrderPlaced', how: 'fails' });
    await reported(['failure of an event']);
    await poll(async () => {
      await app.status();
      expect(app.receiver.transactions).toEqual(
        expect.arrayContaining(['command PlaceOrder', 'command PlaceOrder', 'event OrderPlaced']),
      );
    });
  });

  test('every hook has found its place', async () => {
    expect((await app.status()).hooks).toMatchObject({ cqrs: true });
    expect((await app.status()).faults).toEqual({});
  });

  // The last one: the saga has ended.
  test('a saga that fails is reported once', async () => {
    await ask('publish/SagaBroke/fails');
    const [event] = await reported(['failure of a saga']);
    expect(event).toMatchObject({ transaction: 'saga broken', tags: { kind: 'saga' } });
    app.receiver.clear();
    await ask('publish/SagaBroke/fails');
    await reported([]);
    expect((await app.tell({ told: true })).told).toEqual(['failure of a saga']);
  });
});

const [lane = '11'] = mainly('11');

test('rethrowUnhandled ends the process as without this library, and the failure is reported once', async () => {
  const codes: (number | null)[] = [];
  let events: any[] = [];
  for (const BARE of ['1', '0']) {
    const app = await startCqrs(lane, { RETHROW: '1', BARE });
    const end = ending(app.app.child);
    app.app.child.send({ publish: 'OrderPlaced', how: 'fails' });
    codes.push((await end).code);
    ({ events } = app.receiver);
    await app.receiver.close();
  }
  expect(codes).toEqual([1, 1]);
  expect(events.map(valueOf)).toEqual(['failure of an event']);
});

test('options: slow handlers, and what is not tracked', async () => {
  const app = await startCqrs(lane, { EVENTS: JSON.stringify({ slowerThan: '0ms' }) });
  await app.get('emit/stock.low');
  await app.get('command/PlaceOrder/fine');
  await app.get('query/FindOrder/fine');
  await app.get('publish/OrderPlaced/fine');
  await poll(async () => {
    await app.status();
    const slow = app.receiver.events.map(({ message, tags }) => `${message}: ${tags.operation}`);
    expect(slow.sort()).toEqual([
      'Slow command: command PlaceOrder',
      'Slow event: event OrderPlaced',
      'Slow event: event stock.low',
      'Slow query: query FindOrder',
    ]);
  });
  const off = await startCqrs(lane, { EVENTS: JSON.stringify({ cqrs: false }) });
  await off.get('publish/OrderPlaced/fails');
  await off.get('command/PlaceOrder/fails');
  const [event] = await off.events('failure', 1);
  expect([event.transaction, event.tags['set-by']]).toEqual(['GET /command/:name/:how', 'a command']);
  const withoutEmitter = await startCqrs(lane, { EVENTS: JSON.stringify({ emitter: false }) });
  await withoutEmitter.get('emit/stock.low?how=fails');
  await withoutEmitter.get('publish/OrderPlaced/fails');
  await withoutEmitter.events('failure', 1);
  await Promise.all([app.stop(false), off.stop(false), withoutEmitter.stop(false)]);
});
