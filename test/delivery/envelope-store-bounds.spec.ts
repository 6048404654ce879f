import * as fs from 'node:fs';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync, cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { delivery } from '../../lib/delivery/counts';
import { type EnvelopeStore } from '../../lib/delivery/envelope-store';
import { Outbox } from '../../lib/delivery/outbox';
import type { QueuedEnvelope } from '../../lib/delivery/priority-queue';
import { recoverAbandoned } from '../../lib/delivery/spool/recovery';
import { Spool, type SpoolLimits } from '../../lib/delivery/spool/spool';
import { temporaryFolder } from './delivery-app';

const MEGABYTE = 1_048_576;
const TYPES = { error: 'event', transaction: 'transaction', session: 'session' } as const;
type Kind = keyof typeof TYPES;

const refuses = () => Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
const answers = () => Promise.resolve({ status: 200, headers: {} });
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

let current: { isOver: boolean };
let now: number;
let receiver: () => Promise<{ status: number; headers: object }>;

beforeEach(() => {
  current = { isOver: false };
  now = 1_000_000;
  receiver = refuses;
  Object.assign(delivery, { delivered: 0, waiting: 0, spooled: 0, retried: 0, dropped: {} });
});
afterEach(() => {
  current.isOver = true;
  jest.restoreAllMocks();
});

function open(limits: Partial<SpoolLimits> | false = {}, directory = temporaryFolder()) {
  const spool = limits
    ? new Spool(
        { directory, maxBytes: MEGABYTE, maxAge: 86_400_000, maxEvents: 10_000, ...limits },
        'v1-test',
        () => now,
      )
    : undefined;
  const test = current; // a timer of an earlier test must not change the counts
  const outbox = new Outbox({
    host: 'sentry.example.com',
    send: () => (test.isOver ? new Promise<never>(() => undefined) : receiver()),
    spool,
    maxAge: 86_400_000,
    now: () => now,
    random: () => 0.5,
    recordDropped: () => undefined,
  });
  const enqueue = (category: Kind, size: number, name = 'any') => {
    void outbox.send([{}, [[{ type: TYPES[category] }, { name, filler: 'x'.repeat(size) }]]], 1);
  };
  return { directory, outbox, spool: spool as Spool, enqueue };
}

/** Three failed attempts, after which nothing is sent for a while. */
async function openCircuit({ enqueue, outbox }: ReturnType<typeof open>): Promise<void> {
  for (let at = 0; at < 3; at++) {
    enqueue('error', 10);
    await settled();
    now += 10;
  }
  expect(outbox.circuitState).toBe('open');
}

const bytesIn = (folder: string) =>
  (readdirSync(folder, { recursive: true }) as string[])
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
const openFiles = (folder: string) =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return fs.readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
    } catch {
      return false;
    }
  }).length;

describe('what can never fit', () => {
  test('is refused with its reason while Sentry is away, and nothing else is dropped for it', async () => {
    const store = open();
    await openCircuit(store);
    for (let at = 0; at < 77; at++) store.enqueue('session', 10_000);
    store.enqueue('error', 1.2 * MEGABYTE);
    expect(delivery).toMatchObject({ waiting: 80, spooled: 80, dropped: { too_large: 1 } });
  });

  test('is sent if that is possible at once, and dropped if it is not accepted', async () => {
    const { enqueue } = open();
    receiver = answers;
    enqueue('error', 1.2 * MEGABYTE);
    await settled();
    expect(delivery).toMatchObject({ delivered: 1, waiting: 0, dropped: {} });
    receiver = refuses;
    enqueue('error', 1.2 * MEGABYTE);
    expect(delivery).toMatchObject({ waiting: 1, spooled: 0, dropped: {} });
    await settled();
    expect(delivery).toMatchObject({ waiting: 0, dropped: { too_large: 1 } });
  });

  test('without a spool is what is larger than the memory', async () => {
    const store = open(false);
    await openCircuit(store);
    for (let at = 0; at < 50; at++) store.enqueue('session', 1_000);
    store.enqueue('error', 9 * MEGABYTE);
    expect(delivery).toMatchObject({ waiting: 53, dropped: { too_large: 1 } });
  });

  test('without a spool is sent if that is possible, beside what waits', async () => {
    const { enqueue } = open(false);
    receiver = () => new Promise(() => undefined);
    for (let at = 0; at < 29; at++) enqueue('session', 1_000);
    enqueue('error', 9 * MEGABYTE);
    for (let at = 0; at < 20; at++) enqueue('session', 1_000);
    await settled();
    expect(delivery).toMatchObject({ waiting: 50, dropped: {} });
  });

  test('beside more valuable envelopes costs no less valuable ones', async () => {
    const store = open();
    await openCircuit(store);
    for (let at = 0; at < 18; at++) store.enqueue('error', 50_000);
    for (let at = 0; at < 5; at++) store.enqueue('session', 10_000);
    store.enqueue('transaction', 400_000);
    expect(delivery).toMatchObject({ waiting: 27, spooled: 26, dropped: {} });
  });

  test('beside envelopes that are being sent costs nothing either', async () => {
    const { enqueue } = open();
    receiver = () => new Promise(() => undefined);
    for (let at = 0; at < 30; at++) enqueue('session', 25_000);
    for (let at = 0; at < 5; at++) enqueue('session', 10_000);
    enqueue('error', 600_000);
    expect(delivery).toMatchObject({ waiting: 36, spooled: 35, dropped: {} });
  });
});

test('a small envelope gets the room of a segment whose envelopes are all gone', async () => {
  const store = open({ maxBytes: 100_000 });
  await openCircuit(store);
  store.enqueue('session', 500);
  for (let at = 0; at < 9; at++) store.enqueue('error', 10_500);
  expect(store.spool.fileBytes).toBeGreaterThan(95_000);
  store.enqueue('transaction', 100_000 - store.spool.fileBytes);
  expect(delivery).toMatchObject({ waiting: 13, spooled: 13, dropped: { spool_full: 1 } });
  expect(bytesIn(store.directory)).toBeLessThanOrEqual(100_001);
});

test('however much waits, one file for each category is open', async () => {
  const store = open({ maxBytes: 40 * MEGABYTE });
  await openCircuit(store);
  for (let at = 0; at < 1_000; at++) {
    for (const category of Object.keys(TYPES) as Kind[]) store.enqueue(category, 12_000);
  }
  expect(delivery.spooled).toBe(3_003);
  expect(readdirSync(store.spool.ownFolder!).length).toBeGreaterThan(50);
  expect(openFiles(store.directory)).toBe(3);
  store.outbox.shut();
  expect(openFiles(store.directory)).toBe(0);
});

describe('a folder that disappears', () => {
  /** Ten small envelopes that are in memory, too, and one that is not. */
  async function filled() {
    const store = open({ maxBytes: 40 * MEGABYTE });
    await openCircuit(store);
    for (let at = 0; at < 10; at++) store.enqueue('error', 2_000, `e${at}`);
    return store;
  }
  const disappearances: [string, (folder: string) => void][] = [
    [
      'deleted',
      (folder) => {
        rmSync(dirname(dirname(folder)), { recursive: true });
      },
    ],
    [
      'recreated by another process',
      (folder) => {
        rmSync(dirname(dirname(folder)), { recursive: true });
        mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
      },
    ],
    [
      'replaced by a copy',
      (folder) => {
        cpSync(folder, `${folder}.copy`, { recursive: true });
        rmSync(folder, { recursive: true });
        renameSync(`${folder}.copy`, folder);
      },
    ],
    [
      'emptied',
      (folder) => {
        for (const name of readdirSync(folder)) if (name.endsWith('.seg')) rmSync(join(folder, name));
      },
    ],
  ];
  const discovered: [string, (store: ReturnType<typeof open>) => void][] = [
    [
      'by the heartbeat',
      ({ outbox }) => {
        outbox.heartbeat();
      },
    ],
    [
      'by a write',
      ({ outbox, enqueue }) => {
        for (let at = 0; at < 3; at++) enqueue('session', 10);
        outbox.heartbeat();
      },
    ],
  ];

  test.each(disappearances.flatMap(([what, happen]) => discovered.map(([how, find]) => ({ what, happen, how, find }))))(
    '$what, which is found $how: what waits is written again, and the bytes are those of the files',
    async ({ happen, find }) => {
      const store = await filled();
      happen(store.spool.ownFolder!);
      find(store);
      const { waiting } = delivery;
      expect(delivery).toMatchObject({ spooled: waiting, dropped: {} });
      expect(openFiles(store.directory)).toBeLessThanOrEqual(2);
      const files = () => bytesIn(store.spool.ownFolder!) - 1; // the heartbeat
      expect(store.spool.fileBytes).toBe(files());
      now += 20_000;
      receiver = answers;
      store.outbox.dispatch();
      await settled();
      await settled();
      expect(delivery).toMatchObject({ delivered: waiting, waiting: 0, spooled: 0, dropped: {} });
      expect(store.spool.fileBytes).toBe(files());
      expect(store.spool.fileBytes).toBeGreaterThanOrEqual(0);
    },
  );

  test('replaced by a file: it waits in memory, and is written again once there is a folder', async () => {
    const store = await filled();
    jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    rmSync(store.directory, { recursive: true });
    writeFileSync(store.directory, '');
    store.outbox.heartbeat();
    expect(delivery).toMatchObject({ waiting: 13, spooled: 0, dropped: {} });
    expect(store.spool.fileBytes).toBe(0);
    rmSync(store.directory);
    now += 11_000;
    store.outbox.heartbeat();
    expect(delivery).toMatchObject({ waiting: 13, spooled: 13, dropped: {} });
  });

  test('with what is nowhere else: it is counted as lost', async () => {
    const store = open({ maxBytes: 40 * MEGABYTE });
    await openCircuit(store);
    for (let at = 0; at < 1_000; at++) store.enqueue('error', 12_000);
    rmSync(store.spool.ownFolder!, { recursive: true });
    store.outbox.heartbeat();
    const { waiting, spooled, dropped } = delivery;
    expect(waiting).toBe(spooled);
    expect(waiting + (dropped.spool_damaged ?? 0)).toBe(1_003);
    expect(waiting).toBeGreaterThan(600); // 8 MB were in memory
    expect(store.spool.fileBytes).toBe(bytesIn(store.spool.ownFolder!) - 1);
  });

  test('taken by another process: its envelopes are that process’s, later ones are ours', async () => {
    const store = await filled();
    renameSync(store.spool.ownFolder!, join(store.directory, 'taken'));
    store.enqueue('session', 10); // finds it: there is no file of this category yet
    store.outbox.heartbeat();
    expect(delivery).toMatchObject({ waiting: 1, spooled: 1, dropped: {} });
    expect(store.spool.fileBytes).toBe(bytesIn(store.spool.ownFolder!) - 1);
  });
});

describe('a client that is closed', () => {
  const adopted = async ({ spool, outbox }: ReturnType<typeof open>) => {
    await recoverAbandoned(spool, {
      onFound: (abandoned) => {
        outbox.recover(abandoned);
      },
      onDamaged: () => undefined,
    });
    await settled();
  };

  test('leaves what waits or is in flight on disk, for the next start', async () => {
    const store = open();
    await openCircuit(store);
    for (let at = 0; at < 20; at++) store.enqueue('error', 1_000);
    store.outbox.shut();
    expect(delivery).toMatchObject({ waiting: 0, spooled: 0, dropped: {} });
    expect(openFiles(store.directory)).toBe(0);
    receiver = answers;
    const next = open({}, store.directory);
    await adopted(next);
    expect(delivery).toMatchObject({ delivered: 23, waiting: 0, spooled: 0, dropped: {} });
  });

  test('counts what it has in memory only as lost', async () => {
    const store = open(false);
    await openCircuit(store);
    store.outbox.shut();
    expect(delivery).toMatchObject({ waiting: 0, spooled: 0, dropped: { client_closed: 3 } });
  });

  test('ignores later answers, and sends what comes later without the disk', async () => {
    const store = open();
    let answer: (response: { status: number; headers: object }) => void = () => undefined;
    receiver = () => new Promise((resolve) => (answer = resolve));
    store.enqueue('error', 1_000);
    const flushed = store.outbox.flush(10_000);
    store.outbox.shut();
    expect(await flushed).toBe(false);
    answer({ status: 200, headers: {} });
    await settled();
    expect(delivery).toMatchObject({ delivered: 0, waiting: 0, spooled: 0, dropped: {} });
    receiver = answers;
    store.enqueue('error', 1_000);
    await settled();
    expect(delivery).toMatchObject({ delivered: 1, waiting: 0, spooled: 0 });
    expect(store.spool.ownFolder).toBeUndefined();
  });

  test('and one that is replaced waits for the answers that it still gets', async () => {
    const store = open();
    const answered: (() => void)[] = [];
    receiver = () =>
      new Promise((resolve) =>
        answered.push(() => {
          resolve({ status: 200, headers: {} });
        }),
      );
    for (let at = 0; at < 40; at++) store.enqueue('error', 1_000);
    store.outbox.retire();
    expect(delivery.waiting).toBe(40);
    answered.forEach((answer) => {
      answer();
    });
    await settled();
    expect(delivery).toMatchObject({ delivered: 30, waiting: 0, spooled: 0, dropped: {} });
    receiver = answers;
    await adopted(open({}, store.directory));
    expect(delivery).toMatchObject({ delivered: 40, waiting: 0, spooled: 0, dropped: {} });
  });
});

test('the bytes in memory are those of the waiting envelopes', async () => {
  const store = open();
  await openCircuit(store);
  for (let at = 0; at < 300; at++) store.enqueue(at % 2 ? 'session' : 'error', 10_000);
  const inner = (store.outbox as unknown as { store: EnvelopeStore }).store as unknown as {
    memory: number;
    queue: Iterable<QueuedEnvelope>;
  };
  store.outbox.heartbeat();
  rmSync(store.spool.ownFolder!, { recursive: true });
  store.outbox.heartbeat();
  now += 60_000;
  store.outbox.dispatch();
  await settled();
  receiver = answers;
  now += 60_000;
  store.outbox.dispatch();
  await settled();
  await settled();
  expect(delivery.waiting).toBe(0);
  expect(inner.memory).toBe(0);
  expect(store.spool.fileBytes).toBe(bytesIn(store.spool.ownFolder!) - 1);
});
