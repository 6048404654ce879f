import { toBytes } from '../../lib/delivery/envelope-bytes';
import { openSpool } from '../../lib/delivery/spool/open-spool';
import { FaultyReceiver } from '../harness/faulty-receiver';
import { poll } from '../harness/poll';
import { isFull } from '../harness/scale';
import { startApp, temporaryFolder, type DeliveryApp } from './delivery-app';

const [EVENTS, COUNT] = isFull ? ([10_000, 'ten thousand'] as const) : ([3_000, 'three thousand'] as const);
const MEGABYTE = 1_048_576;

/** A folder that a process before has left, with traces of 4 KB. */
function leftBehind(receiver: FaultyReceiver): string {
  const directory = temporaryFolder();
  const limits = { directory, maxBytes: 100 * MEGABYTE, maxAge: 600_000, maxEvents: 2 * EVENTS };
  const spool = openSpool(limits, `http://127.0.0.1:${receiver.port}/api/1/envelope/?sentry_key=key`);
  for (let at = 0; at < EVENTS; at++) {
    const payload = { transaction: `old ${at}`, filler: 'x'.repeat(4_000) };
    spool.append(toBytes([{}, [[{ type: 'transaction' }, payload]]]), 'transaction', 1, Date.now());
  }
  spool.release(false);
  return directory;
}

test(`${COUNT} old traces at the start: the start is as quick, memory is bounded, a new error goes before them`, async () => {
  const receiver = await FaultyReceiver.start();
  receiver.delay = 100;
  const apps: DeliveryApp[] = [];
  const start = async (directory: string) => {
    const startedAt = performance.now();
    const app = await startApp('11', receiver, directory);
    apps.push(app);
    return { app, took: performance.now() - startedAt };
  };
  const peakOf = async ({ url }: DeliveryApp) =>
    ((await (await fetch(`${url}/memory`)).json()) as { peak: number }).peak;
  if (isFull) await start(temporaryFolder()); // brings the files of the application into the page cache
  const empty = await start(temporaryFolder());
  const { app, took } = await start(leftBehind(receiver));
  await poll(() => {
    expect(receiver.taken.length).toBeGreaterThan(0);
  });
  await app.fail('new');
  await poll(() => {
    expect(receiver.values).toContain('new');
  });
  expect(receiver.taken.length).toBeLessThan(EVENTS / 2);
  receiver.delay = 0;
  const old = () =>
    receiver.taken.flatMap(({ items }) => items.map(({ payload }) => payload.transaction as string | undefined));
  await poll(() => {
    expect(old().filter((name) => name?.startsWith('old'))).toHaveLength(EVENTS);
  }, 50_000);
  expect(new Set(old()).size).toBeGreaterThanOrEqual(EVENTS);
  const more = (await peakOf(app)) - (await peakOf(empty.app));
  process.stdout.write(
    `\nstart with an empty spool ${empty.took.toFixed(0)} ms, with ${EVENTS} traces in it ${took.toFixed(0)} ms, ` +
      `at most ${(more / MEGABYTE).toFixed(0)} MB more\n`,
  );
  expect(more).toBeLessThan((isFull ? 100 : 50) * MEGABYTE);
  for (const { process } of apps) await process.stop('SIGKILL');
  await receiver.close();
});
