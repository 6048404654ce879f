import { readdirSync } from 'node:fs';
import type { Lane, Platform } from '../harness/app-process';
import { FaultyReceiver } from '../harness/faulty-receiver';
import { poll } from '../harness/poll';
import { representative } from '../harness/scale';
import { startApp, temporaryFolder } from './delivery-app';

const EVENTS = 1_000;
const raised = Array.from({ length: EVENTS }, (_, at) => `queued ${at}`).sort();
/** Connections on which an answer can have been lost. */
const UNDER_WAY = 30;

const receivers: [does: string, set: (receiver: FaultyReceiver) => void][] = [
  ['works', (receiver) => (receiver.fault = 'works')],
  ['hangs', (receiver) => (receiver.fault = 'hangs')],
  ['takes 200 ms for each', (receiver) => (receiver.delay = 200)],
];
const cases = (
  [
    ['11', 'express'],
    ['12', 'fastify'],
  ] as [Lane, Platform][]
).flatMap(([lane, platform]) => receivers.map((receiver) => [lane, platform, ...receiver] as const));

// The one that takes some of them: what it does not take is on disk.
test.each(representative(cases, ([lane, , does]) => lane === '11' && does.startsWith('takes')))(
  'lane %s, %s, SIGTERM with a thousand events, the receiver %s: all are delivered or on disk, the next start sends the rest',
  async (lane, platform, does, set) => {
    const receiver = await FaultyReceiver.start();
    const directory = temporaryFolder();
    const start = () => startApp(lane, receiver, directory, { shutdownTimeout: '500ms' }, { PLATFORM: platform });
    const first = await start();
    receiver.fault = 'hangs'; // so that they queue up
    await first.burst(EVENTS, 'queued');
    set(receiver);
    const stopped = await first.process.stop();
    expect(stopped).toEqual({ code: null, signal: 'SIGTERM' });
    const atOnce = receiver.values.length;
    if (does === 'hangs') expect(atOnce).toBe(0);
    receiver.fault = 'works';
    receiver.delay = 0;
    const second = await start();
    await poll(() => {
      expect(receiver.values.sort()).toEqual(raised);
    }, 30_000);
    expect((await second.flush(5_000)).delivery).toMatchObject({ waiting: 0, dropped: {} });
    expect(receiver.eventIds.length).toBeLessThanOrEqual(EVENTS + UNDER_WAY);
    await second.process.stop();
    await receiver.close();
    const [shared] = readdirSync(directory);
    expect(readdirSync(`${directory}/${shared}`)).toEqual([]);
  },
);
