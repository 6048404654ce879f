import { setTimeout as pause } from 'node:timers/promises';
import { webhook } from '../../lib/alerts';
import { ChannelQueue } from '../../lib/alerts/channels/channel-queue';
import { DeliveryError } from '../../lib/alerts/channels/delivery-error';
import type { AlertChannel, AlertNotification } from '../../lib/options/alert-options';
import { poll } from '../harness/poll';
import { HttpReceiver } from './http-receiver';
import { notification } from './notification';

/** A channel that keeps what it is given, and answers as a test says. */
function channelOf(send: AlertChannel['send'] = async () => undefined, window: AlertChannel['digest'] = '100ms') {
  const sent: AlertNotification[] = [];
  const channel: AlertChannel = {
    digest: window,
    send: (each, signal) => {
      sent.push(each);
      return send(each, signal);
    },
  };
  const queue = new ChannelQueue(channel, {
    inProcess: (run) => run(),
    clean: (text) => text,
    answerTimeout: 200,
    random: () => 0,
  });
  return { sent, queue };
}
const error = (at: number, more: Partial<AlertNotification> = {}) =>
  notification({ id: `id-${at}`, title: `error ${at}`, count: 1, ...more });

test('500 errors at once are two messages, with the count', async () => {
  const { sent, queue } = channelOf();
  for (let at = 0; at < 500; at++) queue.push(error(at));
  expect(sent).toHaveLength(1);
  expect(queue.status()).toEqual({ sent: 0, failed: 0, waiting: 500 });
  await poll(() => {
    expect(queue.status()).toEqual({ sent: 2, failed: 0, waiting: 0 });
  });
  expect(sent[0]).toMatchObject({ kind: 'fired', title: 'error 0' });
  expect(sent[1]).toMatchObject({ kind: 'digest', title: '499 alerts: error-burst', count: 499, omitted: 479 });
  expect(sent[1]!.alerts).toHaveLength(20);
});

test('after a quiet time, the next one goes out at once by itself', async () => {
  const { sent, queue } = channelOf();
  queue.push(error(0));
  await pause(150);
  queue.push(error(1));
  expect(sent.map(({ title }) => title)).toEqual(['error 0', 'error 1']);
});

test('without digest, each is sent by itself and in order', async () => {
  const { sent, queue } = channelOf(undefined, false);
  for (let at = 0; at < 5; at++) queue.push(error(at));
  await queue.close();
  expect(sent.map(({ title }) => title)).toEqual(['error 0', 'error 1', 'error 2', 'error 3', 'error 4']);
});

test('what ends an incident is in the digest, however many errors there are', async () => {
  const { sent, queue } = channelOf();
  for (let at = 0; at < 100; at++) queue.push(error(at));
  queue.push(error(100, { kind: 'recovered' }));
  await queue.close();
  expect(sent[1]!.alerts!.map(({ kind }) => kind)).toContain('recovered');
});

test('three tries, then it is counted as failed and given up', async () => {
  const { sent, queue } = channelOf(async () => {
    throw new DeliveryError('example.com responded with 500', false, 10);
  });
  queue.push(error(0));
  await poll(() => {
    expect(queue.status()).toEqual({ sent: 0, failed: 1, waiting: 0, lastError: 'example.com responded with 500' });
  });
  expect(sent).toHaveLength(3);
});

test('between tries it waits, longer each time', async () => {
  const times: number[] = [];
  const { queue } = channelOf(async () => {
    times.push(performance.now());
    throw new Error('away');
  });
  queue.push(error(0));
  await poll(() => {
    expect(times).toHaveLength(3);
  });
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(490);
  expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(990);
});

test('what the receiver refuses is not tried again', async () => {
  const { sent, queue } = channelOf(async () => {
    throw new DeliveryError('example.com responded with 404', true);
  });
  queue.push(error(0));
  await queue.close();
  expect(sent).toHaveLength(1);
  expect(queue.status().failed).toBe(1);
});

test('a channel that never settles is left alone after the time for an answer', async () => {
  const signals: AbortSignal[] = [];
  const { queue } = channelOf((_each, signal) => {
    signals.push(signal);
    return new Promise(() => undefined);
  });
  queue.push(error(0));
  await poll(() => {
    expect(queue.status()).toMatchObject({ failed: 1, lastError: 'no answer within 200 ms' });
  });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
});

test('a channel that throws at once is one that fails', async () => {
  const { queue } = channelOf(() => {
    throw 'no error';
  });
  queue.push(error(0));
  await queue.close();
  expect(queue.status()).toMatchObject({ failed: 1, lastError: 'the channel has failed' });
});

test('a receiver that hangs, fails or asks to wait: over HTTP', async () => {
  const receiver = await HttpReceiver.start();
  // Longer than the queue would wait by itself: half a second, and a second.
  const answers = [
    () => [503, { 'retry-after': '0.7' }] as const,
    () => [429, { 'retry-after': new Date(Date.now() + 3_000).toUTCString() }] as const,
  ];
  receiver.answer = (_request, response) => {
    const [status, headers] = answers.shift()?.() ?? [200, {}];
    response.writeHead(status, headers).end('{}');
  };
  const channel = webhook({ url: receiver.url });
  const { queue } = channelOf((each, signal) => channel.send(each, signal));
  queue.push(error(0));
  await poll(() => {
    expect(queue.status().sent).toBe(1);
  });
  const [first, second, third] = receiver.requests.map(({ at }) => at) as [number, number, number];
  expect(second - first).toBeGreaterThanOrEqual(690);
  expect(third - second).toBeGreaterThanOrEqual(1_900);
  receiver.answer = () => undefined;
  queue.push(error(1));
  await poll(() => {
    expect(queue.status()).toMatchObject({ sent: 1, failed: 1, lastError: 'no answer within 200 ms' });
  });
  await receiver.close();
});
