import { createTransport } from '@sentry/nestjs';
import { sdkSender, type TransportFactory, type TransportOptions } from '../../lib/delivery/sdk-sender';

const ENVELOPE = Buffer.from('{"event_id":"1"}\n{"type":"event"}\n{"message":"one"}');
const options = { url: 'http://127.0.0.1/', recordDroppedEvent: () => undefined } as unknown as TransportOptions;
const sender = (send: unknown, timeout?: number) =>
  sdkSender((() => ({ send, flush: () => Promise.resolve(true) })) as unknown as TransportFactory, options, timeout);

test('the transport receives the envelope, and its response is returned', async () => {
  const sent: any[] = [];
  const headers = { 'retry-after': '7', 'x-sentry-rate-limits': null };
  const answer = await sender(async (envelope: unknown) => {
    sent.push(envelope);
    return { statusCode: 429, headers };
  })(ENVELOPE);
  expect(answer).toEqual({ status: 429, headers });
  expect(sent).toEqual([[{ event_id: '1' }, [[{ type: 'event' }, { message: 'one' }]]]]);
});

test.each([
  ['an empty response', async () => ({})],
  ['no response', async () => undefined],
  ['a response that is not a Promise', () => ({})],
])('%s counts as success', async (_title, send) => {
  expect(await sender(send)(ENVELOPE)).toEqual({ status: 200, headers: {} });
});

const failure = Object.assign(new Error('away'), { code: 'ECONNRESET' });
test.each([
  ['rejects', () => Promise.reject(failure)],
  [
    'throws',
    () => {
      throw failure;
    },
  ],
])('a transport that %s: the sender rejects', async (_title, send) => {
  await expect(sender(send)(ENVELOPE)).rejects.toBe(failure);
});

test('a transport that never settles times out, and the next envelope can be sent', async () => {
  let calls = 0;
  const send = sender(() => (calls++ === 0 ? new Promise(() => undefined) : Promise.resolve({ statusCode: 200 })), 20);
  await expect(send(ENVELOPE)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  expect(await send(ENVELOPE)).toMatchObject({ status: 200 });
});

test("what the SDK's own transport drops because its buffer is full is retried; other envelopes are not", async () => {
  const answers: ((answer: object) => void)[] = [];
  const factory: TransportFactory = (given) =>
    createTransport({ ...given, bufferSize: 2 }, () => new Promise((resolve) => answers.push(resolve)));
  const send = sdkSender(factory, options);
  const all = Array.from({ length: 4 }, () => send(ENVELOPE));
  for (const status of (await Promise.all(all.slice(2))).map((answer) => answer.status)) expect(status).toBe(503);
  for (const answer of answers) answer({ statusCode: 200 });
  expect((await Promise.all(all.slice(0, 2))).map(({ status }) => status)).toEqual([200, 200]);
});

test("what the SDK's own transport drops because of a rate limit is retried", async () => {
  const factory: TransportFactory = (given) =>
    createTransport(given, () =>
      Promise.resolve({ statusCode: 429, headers: { 'x-sentry-rate-limits': null, 'retry-after': '60' } }),
    );
  const send = sdkSender(factory, options);
  expect((await send(ENVELOPE)).status).toBe(429);
  expect((await send(ENVELOPE)).status).toBe(429);
});
