import { AppProcess } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { lanesAndPlatforms } from '../harness/scale';

const VALUES: [name: string, breadcrumb: object][] = [
  ['object', { data: { event: 'placed', order: { id: 42, lines: ['a', 'b'] } } }],
  ['message-and-object', { message: 'order placed', data: { orderId: 42 } }],
  ['object-and-message', { message: 'order placed', data: { orderId: 42 } }],
  ['cyclic', { message: 'cyclic', data: { name: 'cycle', self: { name: 'cycle' } } }],
  ['wide', { message: 'wide', data: { key0: 0, key49: 49, '…': '[cut:4950 keys]' } }],
  ['getter', { message: 'getter', data: { plain: 1, lazy: '[Getter]' } }],
  ['proxy', { message: 'proxy', data: { arguments: ['[Proxy]'] } }],
  ['instance', { message: 'instance', data: { arguments: [{ id: 7 }] } }],
  ['list', { message: 'list', data: { arguments: [[1, 2, 3], '[Map]'] } }],
  ['primitives', { message: '42 true last' }],
];

describe.each(lanesAndPlatforms)('values in lines, lane %s on %s', (lane, PLATFORM) => {
  let receiver: Receiver;
  let app: AppProcess;

  beforeAll(async () => {
    receiver = await Receiver.start();
    const env = { PLATFORM, SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test', LOGGER_OPTIONS: '{"logs":true}' };
    app = await AppProcess.start({ lane, app: 'logger', env: { ...env, SENTRY_TRACES_SAMPLE_RATE: '1' } });
  });
  afterAll(async () => {
    await Promise.all([app.stop('SIGKILL'), receiver.close()]);
  });

  const logged = async (name: string): Promise<any> => {
    receiver.clear();
    await (await fetch(`${app.url}/value/${name}`)).text();
    const { faults } = await app.status();
    expect(faults).toEqual({});
    const [event] = receiver.events;
    return event.breadcrumbs.find(({ category }: any) => category === 'Orders');
  };

  test.each(VALUES)('%s', async (name, breadcrumb) => {
    expect(await logged(name)).toMatchObject({ level: 'info', ...breadcrumb });
  });

  test('a long line is cut', async () => {
    expect((await logged('long')).message.length).toBeLessThan(3_000);
  });

  test('secrets are removed', async () => {
    await logged('secrets');
    await logged('secret-in-text');
    expect(receiver.bytes).not.toMatch(/correct horse|4242424242424242|alice@example|sk_live_4eC39/);
  });

  test('the Sentry log of a line has its level, logger, data and trace', async () => {
    await logged('message-and-object');
    const logs = receiver.items.filter(({ type }) => type === 'log').flatMap(({ payload }) => payload.items);
    const line = logs.find(({ body }: any) => body === 'order placed');
    expect(line).toMatchObject({
      level: 'info',
      attributes: {
        'logger.name': { value: 'Orders' },
        orderId: { value: 42 },
        'sentry.origin': { value: 'auto.log.nestjs' },
      },
    });
    expect(line.trace_id).toBe(receiver.events[0].contexts.trace.trace_id);
    expect(logs.filter(({ body }: any) => body === 'order placed')).toHaveLength(1);
  });
});
