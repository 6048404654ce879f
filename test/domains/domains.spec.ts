import { AppProcess } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { lanesAndPlatforms } from '../harness/scale';
import { filtered, recognised, reported } from './expectations';

/** Numbers, parts of numbers, verification codes and fingerprints of the cards in the application's errors and data. */
const CARD_DATA = /5555555555554444|4000056655665556|"cvc|"314"|last4|Xt5EWLLDS7|"exp_month/;

const valueOf = (event: any): string => event.message ?? event.exception.values.at(-1).value;

describe.each(lanesAndPlatforms)('domains, lane %s on %s', (lane, PLATFORM) => {
  let receiver: Receiver;
  let app: AppProcess;

  beforeAll(async () => {
    receiver = await Receiver.start();
    const env = { PLATFORM, SENTRY_DSN: receiver.dsn, SENTRY_TRACES_SAMPLE_RATE: '1', SENTRY_ENVIRONMENT: 'test' };
    const INIT = JSON.stringify({ sampling: { errors: [{ level: ['fatal', 'debug'], rate: 0, unhandled: true }] } });
    app = await AppProcess.start({ lane, app: 'domains', env: { ...env, INIT } });
  });
  afterAll(async () => {
    await Promise.all([app.stop('SIGKILL'), receiver.close()]);
  });

  const events = async (path: string): Promise<any[]> => {
    receiver.clear();
    await (await fetch(`${app.url}${path}`)).text();
    const { faults } = await app.status();
    expect(faults).toEqual({});
    return receiver.events;
  };

  test.each(recognised)('%s says what it is of the domain %s', async (path, domain, context, fingerprint) => {
    const [event, ...others] = await events(path);
    expect(others).toEqual([]);
    expect(event).toMatchObject({ fingerprint, tags: { domain }, contexts: { [domain]: context } });
    for (const key of ['provider', 'declineCode', 'requestId', 'debugId', 'reason', 'service', 'table'])
      if (key in context && domain !== 'externalApi')
        expect(event.tags[`${domain}.${key}`]).toBe((context as any)[key]);
    expect(receiver.bytes).not.toMatch(CARD_DATA);
  });

  test.each(reported)('%s', async (path, expected) => {
    const [event, ...others] = await events(path);
    expect(others).toEqual([]);
    expect(event).toMatchObject(expected);
    expect(receiver.bytes).not.toMatch(CARD_DATA);
  });

  test('errors of a critical domain are never sampled out', async () => {
    expect(await events('/own/unimportant')).toEqual([]);
    expect(await events('/own/handle')).toHaveLength(1);
  });

  test.each(filtered)('a filter that does %s and the module make one event, with the domain', async (way, value) => {
    const found = await events(`/filtered/${way}`);
    expect(found.map(valueOf)).toEqual([value]);
    expect(found[0]).toMatchObject({ tags: { domain: 'payment', 'payment.provider': 'acme' } });
    expect(found[0].fingerprint).toEqual(['payment', value === 'wrapped' ? 'Error' : 'PaymentError', 'gateway_down']);
  });

  test('a business event is a breadcrumb and a metric; work over its threshold is a warning', async () => {
    const found = await events('/business');
    const warningOf = (name: string) => found.find(({ tags }) => tags.operation === name);
    const [slow, byDefault] = [warningOf('report.render'), warningOf('report.send')];
    const afterwards = found.find((event) => valueOf(event) === 'afterwards');
    expect(slow).toMatchObject({
      message: 'Slow operation',
      level: 'warning',
      fingerprint: ['slow-operation', 'report.render'],
      tags: { operation: 'report.render' },
      contexts: { operation: { name: 'report.render', duration: 3_000, threshold: 2_000, factor: 1.5 } },
    });
    expect(slow.contexts.operation.chain).toEqual([{ name: 'report.render', data: { pages: 9 } }]);
    expect(byDefault.contexts.operation).toMatchObject({ name: 'report.send', duration: 5_001, threshold: 5_000 });
    expect(afterwards.breadcrumbs).toEqual([
      expect.objectContaining({ category: 'business', message: 'order.paid', data: { total: 12 } }),
    ]);
    await poll(() => {
      expect(metricsOf(receiver)).toContainEqual(
        expect.objectContaining({ name: 'business.order.paid', type: 'counter', value: 1 }),
      );
    });
  });

  test('metrics have their tags; equal values count as one', async () => {
    await events('/metrics');
    const metrics = metricsOf(receiver);
    const told = metrics.map(({ name, type, value, unit, attributes }) => [
      name,
      type,
      value,
      unit,
      attributes.shop?.value,
    ]);
    expect(told).toEqual([
      ['carts', 'counter', 2, undefined, 'main'],
      ['queue', 'gauge', 7, 'item', undefined],
      ['latency', 'distribution', 12.5, 'millisecond', 'main'],
      ['visitors', 'counter', 1, undefined, 'main'],
      ['visitors', 'counter', 1, undefined, undefined],
      ['visitors', 'counter', 1, undefined, undefined],
    ]);
    const [ann, again, bob] = metrics.slice(-3).map(({ attributes }) => attributes.unique.value);
    expect(ann).toMatch(/^[0-9a-f]{16}$/);
    expect(again).toBe(ann);
    expect(bob).not.toBe(ann);
    expect(receiver.bytes).not.toContain('ann@example');
  });
});

function metricsOf(receiver: Receiver): any[] {
  return receiver.items.flatMap(({ type, payload }) => (type === 'trace_metric' ? payload.items : []));
}
