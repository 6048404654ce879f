import { AppProcess } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { CONCURRENT, lanesAndPlatforms } from '../harness/scale';

const MOUNTS = ['middleware', 'guard', 'interceptor'];

describe.each(lanesAndPlatforms)('the context of a request, lane %s on %s', (lane, PLATFORM) => {
  let receiver: Receiver;
  const start = (env: Record<string, string> = {}) =>
    AppProcess.start({
      lane,
      app: 'request-context',
      env: { PLATFORM, SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test', SENTRY_TRACES_SAMPLE_RATE: '1', ...env },
    });

  beforeAll(async () => {
    receiver = await Receiver.start();
  });
  afterAll(() => receiver.close());

  test.each(MOUNTS)('values of nestjs-cls that are named are tags, set up by a %s', async (MOUNT) => {
    receiver.clear();
    const app = await start({ MOUNT });
    const ids = Array.from({ length: CONCURRENT }, (_, at) => String(at));
    const headers = (id: string) => ({ 'x-tenant': `tenant ${id}` });
    await Promise.all(ids.map((id) => fetch(`${app.url}/orders/${id}/t`, { headers: headers(id) })));
    await fetch(`${app.url}/fine`, { headers: headers('fine') });
    const { faults } = await app.status();
    await app.stop('SIGKILL');
    expect(faults).toEqual({});
    for (const { exception, tags } of receiver.events) {
      const id = /\d+/.exec(exception.values[0].value)![0];
      expect(tags).toMatchObject({ tenantId: `tenant ${id}`, 'user.role': 'buyer', step: `step ${id}` });
      expect(Object.keys(tags)).not.toEqual(expect.arrayContaining(['user']));
    }
    expect(receiver.events).toHaveLength(CONCURRENT);
    expect(receiver.bytes).not.toContain('not named');
    const transaction = receiver.items.find(({ payload }) => payload.transaction === 'GET /fine');
    if (lane === '11') expect(transaction?.payload.tags).toMatchObject({ tenantId: 'tenant fine' });
  });

  test('the event has the parameters of the route, scrubbed, and size and type of the body', async () => {
    receiver.clear();
    const app = await start({ MOUNT: 'middleware' });
    await fetch(`${app.url}/orders/7/correct-horse-battery`);
    const body = JSON.stringify({ note: 'x'.repeat(500) });
    await fetch(`${app.url}/orders`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    await app.status();
    await app.stop('SIGKILL');
    const [read, created] = receiver.events;
    expect(read.contexts.request).toEqual({ params: { orderId: '7', token: '[Filtered]' } });
    expect(created.contexts.request).toEqual({ body_size: body.length, content_type: 'application/json' });
  });

  test('without nestjs-cls, a line says so at the start', async () => {
    const app = await start({ LOGGER: 'on' });
    await app.stop('SIGKILL');
    expect(app.output).toContain('context.cls: no ClsService was found');
  });
});
