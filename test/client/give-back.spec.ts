import { initSentry } from '../../lib/init';

test('a closed client, which the SDK keeps, keeps nothing of this library', async () => {
  const client = initSentry({ dsn: 'http://key@127.0.0.1:9/1', spool: false })!;
  const wrapped = () => Object.keys(client).filter((key) => key in Object.getPrototypeOf(client));
  expect(wrapped()).toContain('captureException');
  await client.close(100);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(wrapped()).toEqual([]);
  expect(client.getTransport()).toBeUndefined();
  expect(client.getEventProcessors()).toEqual([]);
  expect(client.getOptions()).toMatchObject({ transport: undefined, tracesSampler: undefined, integrations: [] });
  expect(client.captureException(new Error('too late'))).toEqual(expect.any(String));
});
