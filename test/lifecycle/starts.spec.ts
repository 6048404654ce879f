import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ending, spawnApp, type Lane } from '../harness/app-process';
import { FaultyReceiver } from '../harness/faulty-receiver';
import { isFull, mainly, representative, variation } from '../harness/scale';

const [TIMES, COUNT] = isFull ? ([12, 'twelve'] as const) : ([8, 'eight'] as const);
/** What a slow disk makes this library warn of, with Node's hint. */
const SLOW_DISK = /^\(node:\d+\) \[SPOOL_SLOW\].*\n(\(Use `node --trace-warnings.*\n)?/gm;
/** Timers of the SDK are named after its packages; some of its buffers have one that ends by itself. */
const isOurs = (timer: string) => /^(cjs|esm)\//.test(timer);
const OWN_BUFFERS_OF_SDK = 3;

interface Leftovers {
  listeners: Record<string, number>;
  resources: string[];
  timers: string[];
  files: number;
  folders: number;
}

/** The events that have more listeners, and how many more. */
function moreThan(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
  const more = Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
  return Object.fromEntries(more.filter(([, count]) => count > 0));
}

async function run(lane: Lane, how: 'init' | 'module' | 'applications' | 'replaced', times: number = TIMES) {
  const receiver = await FaultyReceiver.start();
  const child = spawnApp({
    lane,
    app: 'starts',
    args: [how, String(times)],
    nodeOptions: ['--expose-gc'],
    env: {
      SENTRY_DSN: receiver.dsn,
      SENTRY_ENVIRONMENT: 'test',
      SENTRY_SPOOL_DIR: mkdtempSync(join(tmpdir(), 'spool-')),
    },
  });
  const left: Leftovers[] = [];
  let before: Leftovers | undefined;
  let output = '';
  child.on('message', (message: { before?: Leftovers; left?: Leftovers }) => {
    before ??= message.before;
    if (message.left) left.push(message.left);
  });
  child.stderr!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const { code } = await ending(child);
  await receiver.close();
  return { code, before: before!, left, output: output.replaceAll(SLOW_DISK, ''), values: receiver.values };
}

describe.each(mainly('11'))('lane %s', (lane) => {
  test.each(representative(['init', 'module'] as const, (how) => how === 'module'))(
    `%s: what ${COUNT} starts have taken is given back when they are closed`,
    async (how) => {
      const { code, before, left, output, values } = await run(lane, how);
      expect({ code, output }).toEqual({ code: 0, output: '' });
      expect(values).toEqual(Array.from({ length: TIMES }, (_, at) => `failure ${at}`));
      expect(left).toHaveLength(TIMES);
      const [first] = left as [Leftovers];
      for (const { timers, listeners, folders, resources } of left) {
        expect(timers.filter(isOurs)).toEqual([]);
        expect(timers.filter((timer) => timer !== 'other').length).toBeLessThanOrEqual(OWN_BUFFERS_OF_SDK);
        // The SDK sets this listener once for each process.
        expect(moreThan(before.listeners, listeners)).toEqual({ beforeExit: 1 });
        expect(folders).toBe(1); // that of the project, without one of this process
        expect(resources).toEqual(first.resources);
      }
      // A worker needs a moment to close its files.
      const files = left.map((each) => each.files);
      expect(Math.min(...files.slice(-4))).toBeLessThanOrEqual(Math.min(...files.slice(0, 4)));
    },
  );

  variation('a client that replaces another one takes over what that one has taken', async () => {
    const { code, left, values } = await run(lane, 'replaced');
    expect(code).toBe(0);
    expect(new Set(values).size).toBe(TIMES);
    const [first] = left as [Leftovers];
    for (const { timers, listeners, folders } of left) {
      expect(timers.filter(isOurs)).toEqual(first.timers.filter(isOurs));
      expect(listeners.exit).toBe(first.listeners.exit);
      expect(folders).toBe(first.folders);
    }
  });

  test('applications that are closed, while Sentry goes on, leave nothing of their own', async () => {
    const { code, left, output, values } = await run(lane, 'applications');
    expect({ code, output }).toEqual({ code: 0, output: '' });
    expect(values).toHaveLength(TIMES);
    const [first] = left as [Leftovers];
    for (const { timers, listeners, folders, resources } of left) {
      expect({ listeners, resources, folders }).toEqual({
        listeners: first.listeners,
        resources: first.resources,
        folders: first.folders,
      });
      expect(timers.filter(isOurs)).toEqual(first.timers.filter(isOurs));
    }
  });
});
