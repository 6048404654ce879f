import { AppProcess, type Lane, type Platform } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { variation } from '../harness/scale';

const lanes: [Lane, Platform][] = [
  ['11', 'express'],
  ['12', 'fastify'],
];

describe.each(lanes)('lane %s on %s', (lane, PLATFORM) => {
  /** Tests that start one more application. */
  const extra = lane === '11' ? test : variation;
  let receiver: Receiver;
  let app: AppProcess;

  const start = (env: Record<string, string> = {}) =>
    AppProcess.start({
      lane,
      app: 'kept',
      env: { PLATFORM, SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test', ...env },
    });
  /** Calls a handler, and waits until everything it has caused is here. */
  const call = async (path: string, from = app): Promise<any> => {
    receiver.clear();
    const response = await fetch(`${from.url}/${path}/7`);
    await response.text();
    const status = await from.status();
    await poll(() => {
      expect(receiver.transactions.length).toBeGreaterThan(0);
    });
    return status;
  };
  const ofType = (type: string) =>
    receiver.items.filter((item) => item.type === type).flatMap(({ payload }) => payload.items ?? [payload]);
  const spanNamed = (name: string) => receiver.spans.find((span) => span.name === name)!;

  const sourceOf = (name: string) =>
    spanNamed(name).data[lane === '11' ? 'sentry.source' : 'sentry.segment.name.source'];

  beforeAll(async () => {
    receiver = await Receiver.start();
    app = await start();
  });

  afterAll(async () => {
    await app.stop('SIGKILL');
    await receiver.close();
  });

  test('a name given with scope.setTransactionName() stays on the event, and the transaction is named after its route', async () => {
    await call('name');
    expect(receiver.events).toMatchObject([{ transaction: 'my own name', tags: { pattern: '/name/:id' } }]);
    expect(receiver.transactions).toEqual(['GET /name/:id']);
    expect(sourceOf('GET /name/:id')).toBe('route');
  });

  test('a name given with updateSpanName() stays, with source custom and in the header of the envelope', async () => {
    await call('span');
    expect(receiver.transactions).toEqual(['renamed by me']);
    expect(sourceOf('renamed by me')).toBe('custom');
    const sent = receiver.items.find(({ type }) => type === 'transaction' || type === 'span')!;
    expect(sent.envelope.trace.transaction).toBe('renamed by me');
  });

  test('a response context of the application is completed, not replaced', async () => {
    await call('response');
    expect(receiver.events[0].contexts.response).toEqual({ body_size: 3, status_code: 500 });
  });

  test('an event inside Sentry.withIsolationScope() has the handler, pattern and kind of its request', async () => {
    await call('isolated');
    expect(receiver.events[0].tags).toMatchObject({
      handler: 'KeptController.isolated',
      pattern: '/isolated/:id',
      kind: 'http',
    });
  });

  test('the request id is the id of the trace that the event is in', async () => {
    await call('response');
    expect(receiver.events[0].tags.request_id).toBe(receiver.events[0].contexts.trace.trace_id);
    expect(receiver.spans[0]!.trace).toBe(receiver.events[0].contexts.trace.trace_id);
    await fetch(`${app.url}/response/7`, { headers: { 'x-request-id': 'req-1' } });
    await app.status();
    expect(receiver.events[1].tags.request_id).toBe('req-1');
  });

  test('logs and metrics of a handler are linked to its span', async () => {
    await call('logs');
    await poll(async () => {
      await app.status();
      expect(ofType('log')).toHaveLength(1);
      expect(ofType('trace_metric')).toHaveLength(1);
    });
    const handler = spanIds(receiver).get('KeptController.logs');
    expect(ofType('log')[0].attributes['sentry.trace.parent_span_id'].value).toBe(handler);
    expect(ofType('trace_metric')[0].span_id).toBe(handler);
    expect(spanNamed('traced')).toMatchObject({ op: 'own op' });
  });

  extra('logs and metrics of a request that is not sampled are linked to the span of the request', async () => {
    const untraced = await start({ SENTRY_TRACES_SAMPLE_RATE: '0' });
    receiver.clear();
    await (await fetch(`${untraced.url}/logs/7`)).text();
    await poll(async () => {
      await untraced.status();
      expect(ofType('log')).toHaveLength(1);
      expect(ofType('trace_metric')).toHaveLength(1);
    });
    const linked = ofType('log')[0].attributes['sentry.trace.parent_span_id'].value;
    expect(linked).toMatch(/^[0-9a-f]{16}$/);
    expect(ofType('trace_metric')[0].span_id).toBe(linked);
    await untraced.stop('SIGKILL');
  });

  test.each(['wrapped', 'frozen', 'text'])(
    'captured by Sentry.captureException(), then thrown: one event (%s)',
    async (how) => {
      await call(`captured-${how}`);
      expect(receiver.events).toHaveLength(1);
    },
  );

  test('what the application captures directly is counted, what denyUrls drops is not', async () => {
    const { capture: before } = await app.status();
    const { capture: captured } = await call('isolated');
    expect(captured.reported - before.reported).toBe(1);
    const { capture: denied } = await call('denied');
    expect(denied.reported).toBe(captured.reported);
    expect(receiver.events).toEqual([]);
  });

  test('the address that a person gives to be answered stays; one in the text does not', async () => {
    await call('feedback');
    const [{ contexts }] = ofType('feedback');
    expect(contexts.feedback).toMatchObject({ name: 'Jane', contact_email: 'jane@example.com' });
    expect(contexts.feedback.message).not.toContain('jane@example.com');
  });

  extra('tracing.components shows the spans of Nest once, and none of this library', async () => {
    const traced = await start({ COMPONENTS: '1' });
    await call('logs', traced);
    const names = receiver.spans.map(({ name }) => name);
    expect(names.filter((name) => /TracingInterceptor/.test(name))).toEqual([]);
    expect(receiver.spans.filter(({ op }) => op === 'handler.nestjs')).toHaveLength(1);
    await traced.stop('SIGKILL');
  });

  extra('hooks of the SDK that throw cost no request and are counted', async () => {
    const broken = await start({ BROKEN_HOOKS: '1' });
    const { faults } = await call('console', broken);
    expect(receiver.events).toMatchObject([{ exception: { values: [{ value: 'after a breadcrumb' }] } }]);
    expect(faults).toMatchObject({ 'before-breadcrumb': expect.any(Number), 'traces-sampler': expect.any(Number) });
    await broken.stop('SIGKILL');
  });

  extra('nothing is sent after Sentry.close()', async () => {
    const closed = await start();
    receiver.clear();
    await (await fetch(`${closed.url}/close/7`)).text();
    expect((await closed.status()).state).toBe('disabled');
    expect(receiver.events).toEqual([]);
    await closed.stop('SIGKILL');
  });
});

/** Ids of spans of either kind, by name. */
function spanIds({ items }: Receiver): Map<string, string> {
  const spans = items.flatMap(({ type, payload }) =>
    type === 'transaction' ? payload.spans : type === 'span' ? payload.items : [],
  );
  return new Map(spans.map((span: any) => [span.description ?? span.name, span.span_id]));
}
