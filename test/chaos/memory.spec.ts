import { setTimeout as pause } from 'node:timers/promises';
import { startApp, temporaryFolder } from '../delivery/delivery-app';
import { FaultyReceiver } from '../harness/faulty-receiver';
import { isFull } from '../harness/scale';
import { say } from './say';

const ERRORS = isFull ? 50_000 : 1_000;
/** Allowed growth over the memory before the first error. */
const BUDGET = 160 * 1_048_576;
const BARS = '▁▂▃▄▅▆▇█';

test(`${ERRORS} errors with a receiver that needs a second for each event: memory stays within a fixed budget`, async () => {
  const receiver = await FaultyReceiver.start();
  receiver.delay = 1_000;
  const app = await startApp('11', receiver, temporaryFolder());
  const memory = async () => (await (await fetch(`${app.url}/memory`)).json()) as { peak: number; now: number };
  const before = (await memory()).now;
  const samples: number[] = [];
  const state = { isRaised: false };
  const raised = app.burst(ERRORS, 'raised').then(() => (state.isRaised = true));
  while (!state.isRaised) {
    samples.push((await memory()).now - before);
    await pause(500);
  }
  await raised;
  const { peak } = await memory();
  const { delivery } = await app.status();
  await app.process.stop('SIGKILL');
  await receiver.close();
  const most = Math.max(...samples);
  const every = Math.ceil(samples.length / 60);
  const bars = samples
    .filter((_, at) => at % every === 0)
    .map((value) => BARS[Math.floor((Math.max(value, 0) / most) * 7.99)]);
  say(`\n${ERRORS} errors, a second each: resident memory over ${Math.round(before / 1_048_576)} MB at the start`);
  say(`  ${bars.join('')}  at most +${Math.round((peak - before) / 1_048_576)} MB`);
  say(`  ${delivery.delivered} delivered, ${delivery.waiting} waiting, dropped ${JSON.stringify(delivery.dropped)}`);
  const { delivered, waiting, dropped } = delivery as Record<'delivered' | 'waiting', number> & { dropped: object };
  const lost = Object.values(dropped as Record<string, number>).reduce((sum, count) => sum + count, 0);
  expect(delivered + waiting + lost).toBeGreaterThanOrEqual(ERRORS);
  expect(peak - before).toBeLessThan(BUDGET);
}, 600_000);
