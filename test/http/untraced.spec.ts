import { AppProcess } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { CONCURRENT, lanesAndPlatforms } from '../harness/scale';

const RATE = 0.2;
const valueOf = (event: any): string => event.exception.values.at(-1).value;

/** Most requests are not traced: the SDK collects nothing for them, and everything else is as in one that is. */
describe.each([
  ...lanesAndPlatforms.map(([lane, platform]) => [lane, platform, 'the SDK'] as const),
  ['11', 'express', 'the application'] as const,
])('untraced requests in lane %s on %s, OpenTelemetry set up by %s', (lane, PLATFORM, setUpBy) => {
  let receiver: Receiver;
  let app: AppProcess;

  beforeAll(async () => {
    receiver = await Receiver.start();
    app = await AppProcess.start({
      lane,
      app: 'untraced',
      env: {
        PLATFORM,
        SENTRY_DSN: receiver.dsn,
        SENTRY_TRACES_SAMPLE_RATE: String(RATE),
        SENTRY_ENVIRONMENT: 'test',
        ...(setUpBy === 'the application' && {
          OWN_OPENTELEMETRY: '1',
          INIT: JSON.stringify({ sdk: { skipOpenTelemetrySetup: true } }),
        }),
      },
    });
  });
  beforeEach(() => {
    receiver.clear();
  });
  afterAll(async () => {
    await Promise.all([app.stop('SIGKILL'), receiver.close()]);
  });
  const get = async (path: string) => (await fetch(`${app.url}/${path}`)).json() as Promise<any>;
  /** Requests until enough of them were not traced. */
  const untraced = async () => {
    const answers = [];
    for (let id = 0; answers.length < 5; id++) {
      const answer = await get(`out/${id}`);
      if (!answer.inside) answers.push(answer);
    }
    return answers;
  };

  test('tell the services that they call, which then do not trace either', async () => {
    for (const { received, data } of await untraced()) {
      expect(received.trace).toMatch(/^[0-9a-f]{32}-[0-9a-f]{16}-0$/);
      expect(data['sentry-trace']).toMatch(new RegExp(`^${received.trace.slice(0, 32)}-[0-9a-f]{16}-0$`));
      const baggage = Object.fromEntries(received.baggage.split(',').map((entry: string) => entry.split('=')));
      expect(baggage).toMatchObject({ 'sentry-sampled': 'false', 'sentry-sample_rate': String(RATE) });
      expect(Number(baggage['sentry-sample_rand'])).toBeGreaterThanOrEqual(RATE);
      expect(baggage['sentry-trace_id']).toBe(received.trace.slice(0, 32));
      // Spans of another tracer provider are left to the SDK.
      if (setUpBy === 'the SDK') expect(baggage['sentry-transaction']).toBe(encodeURIComponent('GET /out/:id'));
    }
  });

  test('each is counted, and as many are traced as the rate says', async () => {
    await app.status();
    receiver.clear();
    await Promise.all(Array.from({ length: 200 }, (_, id) => get(`fail/${id}`)));
    await app.status();
    const traced = receiver.spans.filter(({ name }) => name === 'GET /fail/:id');
    expect(traced.length).toBeGreaterThan(15);
    expect(traced.length).toBeLessThan(70);
    for (const { data } of traced) expect(data['sentry.sample_rate']).toBe(RATE);
    const reports = receiver.items.filter(({ type }) => type === 'client_report');
    const dropped = reports
      .flatMap(({ payload }) => payload.discarded_events as any[])
      .filter(({ reason, category }) => reason === 'sample_rate' && /transaction|span/.test(category))
      .reduce((sum: number, { quantity }) => sum + Number(quantity), 0);
    expect(dropped).toBe(200 - traced.length);
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
        contexts: { operation: { name: 'work' }, response: { status_code: 500 } },
        request: { method: 'GET', url: `${app.url}/fail/${id}` },
      });
      const crumbs = event.breadcrumbs.filter(({ category }: any) => category === 'test');
      expect(crumbs.map(({ message }: any) => message)).toEqual([`crumb of ${id}`]);
    }
  });

  test('are those of the caller, if the request continues a trace', async () => {
    const trace = '0123456789abcdef0123456789abcdef-0123456789abcdef';
    const ask = (decision: string) =>
      fetch(`${app.url}/fail/1`, {
        headers: { 'sentry-trace': `${trace}-${decision}`, baggage: 'sentry-sample_rate=1' },
      });
    await Promise.all(['0', '0', '0', '0', '1', '1', '1', '1'].map(ask));
    await app.status();
    expect(receiver.spans.filter(({ name }) => name === 'GET /fail/:id').map(({ trace: id }) => id)).toEqual(
      Array(4).fill(trace.slice(0, 32)),
    );
  });

  test('and traced ones name their route in the header of their events', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, id) => get(`fail/${id}`)));
    await app.status();
    const headers = receiver.items.filter(({ type }) => type === 'event').map(({ envelope }) => envelope.trace);
    expect(headers.map(({ transaction }) => transaction)).toEqual(Array(20).fill('GET /fail/:id'));
  });

  test('keep their body', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ amount: 12, password: 'hunter2-untraced' });
    await Promise.all([1, 2, 3].map((id) => fetch(`${app.url}/fail/${id}`, { method: 'POST', headers, body })));
    await app.status();
    expect(receiver.events.map(({ request }) => JSON.parse(request.data))).toEqual(
      Array(3).fill({ amount: 12, password: '[Filtered]' }),
    );
  });

  test('contain what listens to their request and response', async () => {
    await Promise.all(['a', 'b', 'c'].map((id) => get(`late/${id}`)));
    await app.status();
    const seen = receiver.events.map((event) => [valueOf(event), event.user?.id, event.transaction]).sort();
    const expected = ['a', 'b', 'c'].flatMap((id) =>
      ['request', 'response'].map((what) => [`${what} of ${id} closed`, id, 'GET /late/:id']),
    );
    expect(seen).toEqual(expected.sort());
  });

  test('leave AsyncLocalStorages of the application as in the bare one: in listeners, guards and Observables', async () => {
    const bare = await AppProcess.start({ lane, app: 'untraced', env: { PLATFORM, BARE: '1' } });
    const keptBy = async ({ url }: AppProcess, id: string): Promise<string[]> => {
      const json = async (path: string) => (await fetch(`${url}/${path}`)).json() as Promise<any>;
      await json(`kept/${id}`);
      const seen: string[] = [];
      await poll(async () => {
        seen.push(...(await json('seen')));
        expect(seen).toHaveLength(4);
      });
      return [...seen.sort(), (await json(`observed/${id}`)).kept];
    };
    for (const id of ['a', 'b', 'c', 'd']) {
      const kept = await keptBy(app, id);
      expect(kept).toEqual(await keptBy(bare, id));
      expect(kept).toEqual(expect.arrayContaining(['custom inner', `finished /kept/${id}`, `entered ${id}`]));
    }
    await bare.stop('SIGKILL');
  });
});
