import { Agent, get as httpGet } from 'node:http';
import { AppProcess, type Lane, type Platform } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { CONCURRENT, lanesAndPlatforms } from '../harness/scale';
import { abortedCall, rawCall } from '../http-edges/raw-call';

const RATE = 0.2;
const valueOf = (event: any): string => event.exception.values.at(-1).value;
const byCategory = (event: any, wanted: string) =>
  event.breadcrumbs.filter(({ category }: any) => category === wanted).map(({ message }: any) => message);

type Way = 'pass by the SDK' | 'are instrumented';
const ways = lanesAndPlatforms.flatMap(([lane, platform]): [Lane, Platform, Way][] => [
  [lane, platform, 'pass by the SDK'],
  [lane, platform, 'are instrumented'],
]);

/** Requests that are not traced are the same whether the SDK instruments them or not, at a lower cost. */
describe.each(ways)('untraced requests in lane %s on %s that %s', (lane, PLATFORM, way) => {
  let receiver: Receiver;
  let app: AppProcess;

  beforeAll(async () => {
    receiver = await Receiver.start();
    const INIT = JSON.stringify({
      tracing: { instrumentUntraced: way === 'are instrumented' },
      sampling: { traces: [{ match: '/rated/*', rate: RATE }] },
    });
    app = await AppProcess.start({
      lane,
      app: 'untraced',
      env: {
        PLATFORM,
        INIT,
        SENTRY_DSN: receiver.dsn,
        SENTRY_TRACES_SAMPLE_RATE: '0',
        SENTRY_ENVIRONMENT: 'test',
        SENTRY_RELEASE: '1.2.3',
      },
    });
    // The first one shows what the SDK does with them.
    await rawCall(app.url, { path: '/fine/0' });
    await rawCall(app.url, { path: '/fine/0' });
  });
  beforeEach(() => {
    receiver.clear();
  });
  afterAll(async () => {
    await Promise.all([app.stop('SIGKILL'), receiver.close()]);
  });
  /** Without trace headers, unlike `fetch` in a process with Sentry. */
  const get = async (path: string): Promise<any> => JSON.parse((await rawCall(app.url, { path: `/${path}` })).body);

  test('have no span of the SDK, or one', async () => {
    const { started: before } = await get('started');
    for (let count = 0; count < 9; count++) await get('fine/1');
    const { started } = await get('started');
    expect(started - before).toBe(way === 'are instrumented' ? 10 : 0);
    expect((await app.status()).hooks.untracedRequests).toBe(way === 'are instrumented' ? undefined : true);
  });

  test('tell the services that they call, which then do not trace either', async () => {
    const { received, data, inside } = await get('out/1');
    expect(inside).toBe(false);
    expect(received.trace).toMatch(/^[0-9a-f]{32}-[0-9a-f]{16}-0$/);
    expect(data['sentry-trace']).toMatch(new RegExp(`^${received.trace.slice(0, 32)}-[0-9a-f]{16}-0$`));
    const baggage = Object.fromEntries(received.baggage.split(',').map((entry: string) => entry.split('=')));
    expect(baggage).toMatchObject({ 'sentry-sampled': 'false', 'sentry-sample_rate': '0' });
    expect(Number(baggage['sentry-sample_rand'])).toBeGreaterThan(0);
    expect(baggage['sentry-trace_id']).toBe(received.trace.slice(0, 32));
    expect(baggage).not.toHaveProperty('sentry-transaction');
  });

  test('each is counted, and as many are traced as the rate says', async () => {
    await app.status();
    receiver.clear();
    const ids = Array.from({ length: 200 }, (_, id) => id);
    await Promise.all(ids.map((id) => get(`rated/${id}`)));
    await app.status();
    const traced = receiver.spans.filter(({ name }) => name === 'GET /rated/:id');
    expect(traced.length).toBeGreaterThan(15);
    expect(traced.length).toBeLessThan(70);
    for (const { data } of traced) expect(data['sentry.sample_rate']).toBe(RATE);
    const contexts = receiver.items
      .filter(({ type }) => type === 'transaction' || type === 'span')
      .map(({ envelope }) => envelope.trace);
    for (const { sampled, sample_rate, sample_rand } of contexts) {
      expect([sampled, sample_rate]).toEqual(['true', String(RATE)]);
      expect(Number(sample_rand)).toBeLessThan(RATE);
    }
    const dropped = receiver.items
      .filter(({ type }) => type === 'client_report')
      .flatMap(({ payload }) => payload.discarded_events as any[])
      .filter(({ reason, category }) => reason === 'sample_rate' && /transaction|span/.test(category))
      .reduce<number>((sum, { quantity }) => sum + Number(quantity), 0);
    expect(dropped).toBe(ids.length - traced.length);
    // What decided about an error event is what decided about its trace.
    const untraced = receiver.items.filter(
      ({ type, envelope }) => type === 'event' && envelope.trace.sampled === 'false',
    );
    expect(untraced).toHaveLength(ids.length - traced.length);
    for (const { envelope } of untraced) expect(Number(envelope.trace.sample_rand)).toBeGreaterThanOrEqual(RATE);
  });

  test(`${CONCURRENT} at once are isolated, each with its own trace`, async () => {
    const ids = Array.from({ length: CONCURRENT }, (_, id) => `user-${id}`);
    await Promise.all(ids.map((id) => get(`fail/${id}`)));
    await app.status();
    expect(receiver.events.map(valueOf).sort()).toEqual(ids.map((id) => `failure of ${id}`).sort());
    expect(new Set(receiver.events.map(({ contexts }) => contexts.trace.trace_id)).size).toBe(CONCURRENT);
    for (const event of receiver.events) {
      const id = valueOf(event).replace('failure of ', '');
      expect(event).toMatchObject({
        user: { id },
        transaction: 'GET /fail/:id',
        tags: { handler: 'Front.fail', request_id: event.contexts.trace.trace_id },
        contexts: {
          trace: { span_id: expect.stringMatching(/^[0-9a-f]{16}$/) },
          operation: { name: 'work' },
          response: { status_code: 500 },
        },
        request: { method: 'GET', url: `${app.url}/fail/${id}` },
      });
      expect(byCategory(event, 'test')).toEqual([`crumb of ${id}`]);
    }
  });

  test('on one connection, see nothing of each other', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const call = (id: number) =>
      new Promise<string>((resolve, reject) => {
        httpGet(`${app.url}/fine/${id}`, { agent }, (response) => {
          response.setEncoding('utf8').on('data', resolve);
        }).on('error', reject);
      });
    const answers = [];
    for (let id = 0; id < 5; id++) answers.push(await call(id));
    agent.destroy();
    expect(answers).toEqual(Array(5).fill('{}'));
  });

  test('are described by their headers and query, as they came', async () => {
    const headers = { 'x-shop': 'cats', cookie: 'flavour=plain', 'x-forwarded-host': 'shop.example' };
    await rawCall(app.url, { path: '/fail/1?color=red&size=2', headers: { ...headers, 'x-forwarded-proto': 'https' } });
    await app.status();
    expect(receiver.events[0].request).toMatchObject({
      method: 'GET',
      url: expect.stringMatching(/^https:\/\/shop\.example\/fail\/1/),
      query_string: 'color=red&size=2',
      headers: { 'x-shop': 'cats', host: app.url.slice('http://'.length) },
    });
  });

  const json = { 'content-type': 'application/json' };
  const post = (body: string, headers: Record<string, string> = {}) =>
    rawCall(app.url, { path: '/fail/1', method: 'POST', headers: { ...json, ...headers }, body });
  const bodies = () => receiver.events.map(({ request }) => request.data);

  test('keep their body', async () => {
    const body = JSON.stringify({ amount: 12, password: 'hunter2-untraced' });
    await post(body, { 'content-length': String(body.length) });
    await post(body, { 'transfer-encoding': 'chunked' });
    await app.status();
    expect(bodies().map((data) => JSON.parse(data))).toEqual(Array(2).fill({ amount: 12, password: '[Filtered]' }));
  });

  test('keep the beginning of a long body, and none of one that does not end', async () => {
    await post(JSON.stringify({ list: 'ä'.repeat(20_000) }));
    await post('{"broken": ');
    await abortedCall(app.url, {
      path: '/fail/1',
      method: 'POST',
      headers: { ...json, 'content-length': '99' },
      body: '{',
    });
    await app.status();
    expect(bodies()).toEqual([expect.stringMatching(/^\{"list":"ä{4000,5000}.*\.\.\."?$/)]);
  });

  // Where Sentry 11 instruments requests, it binds the scope but not the isolation scope to what listens.
  if (lane !== '12' || way !== 'are instrumented') {
    test('contain what listens to their request and response', async () => {
      await Promise.all(['a', 'b', 'c'].map((id) => get(`late/${id}`)));
      await app.status();
      const seen = receiver.events.map((event) => [valueOf(event), event.user?.id, event.transaction]).sort();
      const expected = ['a', 'b', 'c'].flatMap((id) =>
        ['request', 'response'].map((what) => [`${what} of ${id} closed`, id, 'GET /late/:id']),
      );
      expect(seen).toEqual(expected.sort());
    });

    test('contain what happens when their client leaves', async () => {
      await Promise.all(['a', 'b'].map((id) => abortedCall(app.url, { path: `/hang/${id}` })));
      await poll(async () => {
        await app.status();
        expect(receiver.events).toHaveLength(4);
      });
      for (const event of receiver.events) {
        const id = / of (\w) /.exec(valueOf(event))?.[1];
        expect([event.user.id, event.transaction, byCategory(event, 'test')]).toEqual([
          id,
          'GET /hang/:id',
          [`crumb of ${id}`],
        ]);
      }
    });
  }

  test('count as sessions', async () => {
    await app.status();
    receiver.clear();
    for (let count = 0; count < 6; count++) await get(`fine/${count}`);
    for (let count = 0; count < 3; count++) await get(`handled/${count}`);
    for (let count = 0; count < 2; count++) await get(`fail/${count}`);
    await poll(async () => {
      await app.status();
      const sessions = receiver.items.filter(({ type }) => type === 'sessions').map(({ payload }) => payload);
      for (const { attrs } of sessions) expect(attrs).toEqual({ release: '1.2.3', environment: 'test' });
      const counts: any[] = sessions.flatMap(({ aggregates }) => aggregates);
      for (const { started } of counts) expect(started).toMatch(/:00\.000Z$/);
      const sum = (kind: string) => counts.reduce<number>((total, each) => total + Number(each[kind] ?? 0), 0);
      expect(['exited', 'errored', 'crashed'].map(sum)).toEqual([6, 3, 2]);
    });
  });
});
