import { AppProcess, type Lane, type Platform } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { representative } from '../harness/scale';
import { expectations, type Expectation } from './expectations';

const combinations: [Lane, Platform, string, string][] = [
  ['11', 'express', 'init', 'sync'],
  ['11', 'fastify', 'register', 'async'],
  ['12', 'express', 'register', 'sync'],
  ['12', 'fastify', 'late', 'async'],
  ['11', 'express', 'late', 'async'],
  ['12', 'fastify', 'init', 'sync'],
];

interface Answer {
  status: number;
  body: string;
}

async function call(url: string, row: Pick<Expectation, 'path' | 'method' | 'headers' | 'body'>): Promise<Answer> {
  const response = await fetch(`${url}${row.path}`, {
    method: row.method ?? 'GET',
    headers: { ...row.headers, ...(row.body && { 'content-type': row.body.type }) },
    body: row.body?.content,
  });
  return { status: response.status, body: await response.text() };
}

const valueOf = (event: any): string => event.message ?? event.exception.values.at(-1).value;

// Both lanes and both platforms; `register` is that of the messages and socket events.
describe.each(representative(combinations, (_row, index) => index === 0 || index === 3))(
  'lane %s on %s, started by %s, %s options',
  (lane, PLATFORM, START, FORM) => {
    let receiver: Receiver;
    let app: AppProcess;
    let bare: AppProcess;

    beforeAll(async () => {
      receiver = await Receiver.start();
      const env = {
        PLATFORM,
        START,
        FORM,
        SENTRY_DSN: receiver.dsn,
        SENTRY_TRACES_SAMPLE_RATE: '1',
        SENTRY_ENVIRONMENT: 'test',
      };
      const nodeOptions = START === 'register' ? ['--import', 'nestjs-error-tracker/register'] : [];
      [app, bare] = await Promise.all([
        AppProcess.start({ lane, app: 'http', env, nodeOptions }),
        AppProcess.start({ lane, app: 'http', env: { PLATFORM, BARE: '1' } }),
      ]);
    });

    afterAll(async () => {
      await Promise.all([app.stop('SIGKILL'), bare.stop('SIGKILL'), receiver.close()]);
    });

    test.each(expectations.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
      receiver.clear();
      const [answer, bareAnswer] = await Promise.all([call(app.url, row), call(bare.url, row)]);
      await app.status();
      expect(receiver.events.map(valueOf)).toEqual(row.event === undefined ? [] : [expect.stringContaining(row.event)]);
      if (row.transaction) expect(receiver.events[0]?.transaction ?? row.transaction).toBe(row.transaction);
      if (row.holds) expect(receiver.events[0]).toMatchObject(row.holds);
      expect(answer).toEqual(bareAnswer);
    });

    test('a request is one transaction named after its route, with spans for its handler and operations', async () => {
      receiver.clear();
      await call(app.url, { path: '/cats/checkout/5', headers: { 'x-request-id': 'req-trace' } });
      await poll(async () => {
        await app.status();
        expect(receiver.transactions).toContain('GET /cats/checkout/:id');
        expect(receiver.spans.map(({ name }) => name)).toContain('shop.pay');
      });
      const named = (name: string) => receiver.spans.find((span) => span.name === name);
      expect(receiver.transactions.filter((name) => name === 'GET /cats/checkout/:id')).toHaveLength(1);
      expect(named('CatsController.checkout')).toMatchObject({ op: 'handler.nestjs' });
      expect(named('shop.pay')).toMatchObject({ op: 'payment', data: { provider: 'acme', receipt: 'receipt 5' } });
      expect(named('shop.checkout')!.end).toBeGreaterThanOrEqual(named('shop.pay')!.end);
      expect(new Set(receiver.spans.map(({ trace }) => trace)).size).toBe(1);
      // Of streamed spans, those of Sentry 11, after which Sentry lists them.
      const segments = receiver.spans.flatMap(({ data }) => data['sentry.segment.name'] ?? []);
      expect(new Set(segments)).toEqual(
        new Set(lane === '12' ? [receiver.spans.find(({ parent }) => !parent)!.name] : []),
      );
      expect(receiver.bytes).not.toContain('hunter2-secret');
    });

    test.each([
      ['an Observable', '/cats/stream', 'shop.stream', 0.035],
      ['an async iterator', '/cats/walk', 'shop.walk', 0.025],
    ])('the span of %s ends with its work', async (_nature, path, name, seconds) => {
      receiver.clear();
      await call(app.url, { path });
      await poll(async () => {
        await app.status();
        expect(receiver.spans.map((span) => span.name)).toContain(name);
      });
      const span = receiver.spans.find((candidate) => candidate.name === name)!;
      expect(span.end - span.start).toBeGreaterThan(seconds);
    });

    test('breadcrumbs lead up to the failure', async () => {
      receiver.clear();
      await call(app.url, { path: '/cats/checkout/3?fail=1' });
      await app.status();
      const crumbs = receiver.events[0].breadcrumbs.map(({ category, message }: any) => `${category}: ${message}`);
      expect(crumbs).toEqual([
        'operation: shop.checkout started',
        'cart: cart is complete',
        'operation: shop.pay started',
        'operation: shop.pay failed',
        'operation: shop.checkout failed',
      ]);
    });

    test('a failure that is handled leaves its breadcrumb and no event; the slow operation says how slow', async () => {
      receiver.clear();
      await call(app.url, { path: '/cats/slow' });
      await app.status();
      const { operation } = receiver.events[0].contexts;
      expect(operation.factor).toBeCloseTo(operation.duration / operation.threshold, 1);
      expect(operation.duration).toBeGreaterThan(50);
    });

    test('isolate: data crosses in neither direction', async () => {
      receiver.clear();
      await call(app.url, { path: '/cats/isolated', headers: { 'x-user': 'ann' } });
      await app.status();
      const [inner, outer] = ['isolated failure', 'failure outside'].map((value) =>
        receiver.events.find((event) => valueOf(event) === value),
      );
      expect(inner.tags).not.toHaveProperty('outer');
      expect(inner.tags).toMatchObject({ inner: 'yes' });
      expect(inner.user).toBeUndefined();
      expect(outer.tags).not.toHaveProperty('inner');
      expect(inner.contexts.trace.trace_id).not.toBe(outer.contexts.trace.trace_id);
    });

    test('concurrent requests are isolated', async () => {
      receiver.clear();
      const names = Array.from({ length: 40 }, (_, n) => `user-${n}`);
      await Promise.all(names.map((name) => call(app.url, { path: `/cats/user?name=${name}` })));
      await Promise.all(
        names.map((name) => call(app.url, { path: '/cats/checkout/1?fail=1', headers: { 'x-user': name } })),
      );
      await app.status();
      const users = receiver.events.map((event) => event.user.id);
      expect(users.sort()).toEqual([...names, ...names].sort());
      for (const event of receiver.events) {
        if (event.tags.who) expect(event.tags.who).toBe(event.user.id);
        expect(event.breadcrumbs?.length ?? 0).toBeLessThanOrEqual(5);
      }
    });

    test('secrets in a body are scrubbed', async () => {
      receiver.clear();
      const content = JSON.stringify({
        password: 'open-sesame-1',
        nested: { card: '4111 1111 1111 1111' },
        note: 'harmless',
      });
      await call(app.url, {
        path: '/cats/body',
        method: 'POST',
        body: { type: 'application/json', content },
        headers: { authorization: 'Bearer abcdef123456', cookie: 'session=s3cr3tcookie' },
      });
      await call(app.url, {
        path: '/cats/body',
        method: 'POST',
        body: { type: 'application/x-www-form-urlencoded', content: 'password=open-sesame-2&note=harmless' },
      });
      await app.status();
      expect(receiver.events).toHaveLength(2);
      expect(receiver.events[0].request.data).toContain('harmless');
      for (const secret of ['open-sesame', '4111 1111', 'abcdef123456', 's3cr3tcookie'])
        expect(receiver.bytes).not.toContain(secret);
    });

    test('business events and metrics arrive', async () => {
      receiver.clear();
      await call(app.url, { path: '/cats/event' });
      await app.status();
      const metrics = receiver.items
        .filter(({ type }) => type === 'trace_metric')
        .flatMap(({ payload }) => payload.items);
      expect(metrics.map(({ name }: any) => name)).toEqual([
        'business.order.placed',
        'cats.fed',
        'cats.hungry',
        'cats.weight',
        'cats.named',
      ]);
    });

    test('the status counts', async () => {
      const status = await app.status();
      expect(status).toMatchObject({
        state: 'ok',
        enabled: true,
        dsnConfigured: true,
        environment: 'test',
        flushed: true,
        sampleRate: 1,
      });
      expect(status.delivery.delivered).toBeGreaterThan(20);
      expect(status.delivery.waiting).toBe(0);
      expect(status.capture.reported).toBeGreaterThan(20);
      expect(status.capture.ignored).toBeGreaterThan(3);
      expect(status.faults).toEqual({ 'operation-data': 1 });
    });
  },
);
