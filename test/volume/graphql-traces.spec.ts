import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AppProcess } from '../harness/app-process';
import { AppPool } from '../harness/app-pool';
import { Receiver } from '../harness/receiver';
import { isFull, lanesAndPlatforms, representative } from '../harness/scale';

const TRACE = '12345678901234567890123456789012-1234567890123456';
const RATES = {
  traces: [
    { match: 'query cats', rate: 0 },
    { match: ['mutation pay', 'query ListMembers'], rate: 1 },
    { match: { regExp: '^query (price|rates)$' }, rate: 1 },
  ],
  critical: ['mutation refund'],
};
/** Some operations are left out, all others are traced. */
const LEFT_OUT = [
  { match: 'query cats', rate: 0 },
  { match: 'mutation *', rate: 0 },
];

describe.each(representative(lanesAndPlatforms, ([lane]) => lane === '11'))(
  'GraphQL over HTTP, lane %s, %s',
  (lane, PLATFORM) => {
    let receiver: Receiver;
    let app: AppProcess;
    let path = '/graphql';
    const apps = new AppPool();

    beforeAll(async () => {
      receiver = await Receiver.start();
    });
    beforeEach(() => {
      receiver.clear();
    });
    afterAll(async () => {
      await apps.stop();
      await receiver.close();
    });

    const start = async (init: object, more: Record<string, string> = {}) => {
      const sentry = { SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' };
      const env = {
        START: 'init',
        ENHANCERS: '',
        WS: 'true',
        INIT: JSON.stringify(init),
        PLATFORM,
        ...sentry,
        ...more,
      };
      app = await apps.get({ lane, app: 'graphql', env });
      path = '/graphql';
    };
    const post = async (body: unknown, headers: Record<string, string> = {}): Promise<any> => {
      const sent = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
      const response = await fetch(`${app.url}${path}`, { ...sent, body: JSON.stringify(body) });
      return response.json();
    };
    const ask = (query: string, headers?: Record<string, string>) => post({ query }, headers);
    const get = (parameters: Record<string, string>) =>
      fetch(`${app.url}${path}?${new URLSearchParams(parameters).toString()}`, {
        headers: { 'apollo-require-preflight': 'yes' },
      }).then((response) => response.text());
    const traced = async () => {
      await app.status();
      return receiver.transactions;
    };

    test('rules and critical patterns see operations', async () => {
      await start({ tracesSampleRate: 0, sampling: RATES });
      await ask('{ cats { id } }');
      await ask('mutation { pay }');
      await ask('mutation { refund }');
      await ask('{ odd { id } }');
      await ask('query ListMembers { members { id } }');
      await ask('{ price }');
      await ask('query Two { cats { id } price }'); // the first rule decides
      await ask('mutation { again: pay refund }');
      await ask('fragment Root on Mutation { refund } mutation { ...Root }');
      expect(await traced()).toEqual([
        'mutation pay',
        'mutation refund',
        'query members',
        'query price',
        'mutation pay',
        'mutation refund',
      ]);
    });

    test('operations without a rule and requests without an operation are traced at the default rate', async () => {
      await start({ tracesSampleRate: 1, sampling: { traces: LEFT_OUT } });
      await ask('{ cats { id owner } }');
      await ask('{ price }');
      await ask('{ dogs }');
      await ask('{ cats');
      const others = expect.stringMatching(/^POST/); // Express and Sentry 11 know no route of it
      expect(await traced()).toEqual(['query price', others, others]);
      // No span of an unsampled trace is sent, and every sent span belongs to a sent trace.
      expect(receiver.spans.map(({ name }) => name)).not.toContain('CatsResolver.cats');
      expect(receiver.spans.filter(({ name }) => name === 'context of an operation')).toHaveLength(3);
      const roots = receiver.spans.filter(({ op }) => op === 'http.server');
      expect(new Set(receiver.spans.map(({ trace }) => trace)).size).toBe(roots.length);
    });

    test('paths are rules for the request, before or after those for operations', async () => {
      const traces = [
        { match: 'mutation pay', rate: 1 },
        { match: '/graphql', rate: 0 },
        { match: 'query price', rate: 1 },
      ];
      await start({ tracesSampleRate: 1, sampling: { traces } });
      await ask('{ price }');
      await ask('mutation { pay }');
      expect(await traced()).toEqual(['mutation pay']);
    });

    test('operations in the URL, chosen by their names', async () => {
      await start({ tracesSampleRate: 0, sampling: RATES });
      const query = 'query Cats { cats { id } } query Price { price }';
      await get({ query, operationName: 'Cats' });
      await get({ query, operationName: 'Price' });
      await post({ query, operationName: 'Cats' });
      await post({ query, operationName: 'Price' });
      expect(await traced()).toEqual(['query price', 'query price']);
    });

    test('critical resolvers are traced at any rate', async () => {
      await start({ tracesSampleRate: 0, sampling: { traces: [{ match: 'query *', rate: 0 }] } });
      await ask('{ balance }');
      await ask('{ price }');
      await ask('{ price balance }');
      expect(await traced()).toEqual(['query balance', 'query price']);
    });

    test('several operations in one request are traced if any of them is', async () => {
      await start({ tracesSampleRate: 0, sampling: RATES });
      await post([{ query: '{ cats { id } }' }, { query: '{ odd { id } }' }]);
      expect(await traced()).toEqual([]);
      await post([{ query: '{ odd { id } }' }, { query: '{ members { id } }' }, { query: 'mutation { refund }' }]);
      expect(await traced()).toHaveLength(1);
      const handlers = receiver.spans.map(({ name }) => name).filter((name) => name.includes('Resolver.'));
      expect(handlers.sort()).toEqual(['CatsResolver.members', 'CatsResolver.odd', 'PaymentsResolver.refund']);
    });

    test('the decision of the caller applies', async () => {
      await start({ tracesSampleRate: 0, sampling: RATES });
      await ask('mutation { refund }', { 'sentry-trace': `${TRACE}-0` });
      await ask('{ balance }', { 'sentry-trace': `${TRACE}-0` });
      await ask('{ cats { id } }', { 'sentry-trace': `${TRACE}-1` });
      await ask('{ cats { id } }', { 'sentry-trace': TRACE });
      await ask('{ price }', { 'sentry-trace': TRACE });
      expect(await traced()).toEqual(['query cats', 'query price']);
    });

    test('an error of an operation that is not traced is reported', async () => {
      await start({ tracesSampleRate: 1, sampling: { traces: LEFT_OUT } });
      await ask('mutation { pay(fail: true) }');
      expect(await traced()).toEqual([]);
      expect(receiver.events).toMatchObject([{ transaction: 'mutation pay' }]);
    });

    test('outgoing requests carry the decision and the rate', async () => {
      const told: (string | undefined)[] = [];
      const server = createServer((request, response) => {
        told.push(request.headers['sentry-trace']?.toString().split('-')[2], request.headers.baggage?.toString());
        response.end('1.08');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const rates = `rates(url: "http://127.0.0.1:${port}/rates")`;
      const traces = [
        { match: 'query Silent', rate: 0 },
        { match: 'query rates', rate: 1 },
      ];
      await start({ tracesSampleRate: 0.5, sampling: { traces } });
      await ask(`query Silent { ${rates} }`);
      await ask(`query Loud { ${rates} }`);
      server.close();
      expect(await traced()).toEqual(['query rates']);
      expect(told).toEqual([
        '0',
        expect.stringMatching(/sentry-sampled=false/),
        '1',
        expect.stringMatching(/sentry-sampled=true/),
      ]);
      expect(told[1]).toMatch(/sentry-sample_rate=0(,|$)/);
      expect(told[3]).toMatch(/sentry-sample_rate=1(,|$)/);
    });

    test('a rate is applied by sample_rand, and dropped traces are counted as not sampled', async () => {
      await start({ tracesSampleRate: 0, sampling: { traces: [{ match: 'query cats', rate: 0.5 }] } });
      const count = 60;
      for (let n = 0; n < count; n++) await ask('{ cats { id } }');
      const kept = (await traced()).length;
      expect(kept).toBeGreaterThan(10);
      expect(kept).toBeLessThan(50);
      const drawn = receiver.items.filter(({ type }) => type === 'transaction' || type === 'span');
      for (const { envelope } of drawn) {
        expect(Number(envelope.trace.sample_rand)).toBeLessThan(0.5);
        expect(envelope.trace).toMatchObject({ sample_rate: '0.5', sampled: 'true' });
      }
      await app.stop();
      const lost: { reason: string; category: string; quantity: number }[] = receiver.items
        .filter(({ type }) => type === 'client_report')
        .flatMap(({ payload }) => payload.discarded_events);
      expect(new Set(lost.map(({ reason }) => reason))).toEqual(new Set(['sample_rate']));
      const left = lost.filter(({ category }) => category === 'transaction');
      if (lane === '11') expect(left.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(count - kept);
    });

    test('only the path of the module is a GraphQL endpoint', async () => {
      await start({ tracesSampleRate: 0, sampling: RATES }, { GRAPHQL_PATH: '/ask', PREFIX: 'v2' });
      path = '/v2/ask';
      await ask('{ price }');
      await ask('{ cats { id } }');
      await fetch(`${app.url}/v2/pigeons/passed?kind=fine`);
      expect(await traced()).toEqual(['query price']);
    });

    test('spans of another tracer provider are unsampled too', async () => {
      if (lane === '12' || !isFull) return; // Sentry 11 has none
      await start({ tracesSampleRate: 0, sampling: RATES, sdk: { openTelemetryBasicTracerProvider: true } });
      await ask('{ price }');
      await ask('{ cats { id owner } }');
      await ask('{ dogs }');
      expect(await traced()).toEqual(['query price']);
    });
  },
);
