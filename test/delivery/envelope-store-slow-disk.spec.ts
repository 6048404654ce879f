import type * as fs from 'node:fs';
import { delivery } from '../../lib/delivery/counts';
import { Outbox } from '../../lib/delivery/outbox';
import { Spool } from '../../lib/delivery/spool/spool';
import { processWide } from '../../lib/process-state/process-wide';
import { temporaryFolder } from './delivery-app';

const realFs = jest.requireActual<typeof fs>('node:fs');
const MINUTE = 60_000;

/** The clock of everything: it advances with each access to the disk, and between events. */
let now: number;
/** What one access to the disk takes, in milliseconds. */
let latency: number;
/** How long the disk has blocked the event loop. */
let blocked: number;
let warnings: string[];

beforeEach(() => {
  now = 1_000_000;
  latency = blocked = 0;
  warnings = [];
  Object.assign(delivery, { delivered: 0, waiting: 0, spooled: 0, retried: 0, dropped: {} });
  processWide('delivery-warnings', () => new Set<string>()).clear();
  jest.spyOn(process, 'emitWarning').mockImplementation((warning) => void warnings.push(String(warning)));
  for (const method of ['writeSync', 'readSync', 'openSync', 'ftruncateSync', 'unlinkSync'] as const) {
    const original = realFs[method] as (...args: unknown[]) => unknown;
    jest.spyOn(realFs, method).mockImplementation(((...args: unknown[]) => {
      now += latency;
      blocked += latency;
      return original(...args);
    }) as never);
  }
});
afterEach(() => jest.restoreAllMocks());

function open(maxBytes = 50_000_000) {
  const limits = { directory: temporaryFolder(), maxBytes, maxAge: 86_400_000, maxEvents: 10_000 };
  const spool = new Spool(limits, 'v1-test', () => now);
  const outbox = new Outbox({
    host: 'sentry.example.com',
    send: () => new Promise(() => undefined),
    spool,
    maxAge: limits.maxAge,
    now: () => now,
    random: () => 0.5,
    recordDropped: () => undefined,
  });
  return {
    spool,
    outbox,
    /** Events at this rate, with a heartbeat every five seconds. */
    enqueue: (count: number, perSecond: number) => {
      let beat = now + 5_000;
      for (let at = 0; at < count; at++) {
        void outbox.send([{}, [[{ type: 'event' }, { message: `${at}` }]]], 1);
        now += 1_000 / perSecond;
        if (now < beat) continue;
        beat = now + 5_000;
        outbox.heartbeat();
      }
    },
  };
}

test('a disk that takes 5 ms for each write costs a small share of the time, not 5 ms for each event', () => {
  const { outbox, enqueue } = open();
  latency = 5;
  const startedAt = now;
  enqueue(6_000, 50);
  expect(now - startedAt).toBeGreaterThan(2 * MINUTE);
  // The allowance, 5 % of the time, and what ends up over it when a pause begins or a heartbeat is due.
  expect(blocked).toBeLessThan(500 + 0.05 * (now - startedAt));
  expect(delivery).toMatchObject({ waiting: 6_000, dropped: {} });
  expect(delivery.spooled).toBeLessThan(500);
  expect(outbox.spoolState).toBe('slow');
  expect(warnings).toEqual([expect.stringContaining('takes too much of the event loop')]);
});

test('a disk that takes half a millisecond is slow only for many events', () => {
  const { outbox, enqueue } = open();
  latency = 0.5;
  enqueue(1_000, 20);
  expect(delivery.spooled).toBe(1_000);
  expect(outbox.spoolState).toBe('active');
  enqueue(4_000, 1_000);
  expect(outbox.spoolState).toBe('slow');
  expect(blocked).toBeLessThan(2_000);
});

test('a disk as fast as the page cache is never slow', () => {
  const { enqueue } = open();
  latency = 0.03;
  enqueue(9_000, 3_000);
  expect(delivery.spooled).toBe(9_000);
  expect(warnings).toEqual([]);
});

test('a slow write among fast ones does not make a disk slow: it has waited for a processor', () => {
  const { outbox, enqueue } = open();
  for (let at = 0; at < 500; at++) {
    latency = at % 10 === 9 ? 20 : 0.02;
    enqueue(1, 50);
  }
  expect(delivery.spooled).toBe(500);
  expect(outbox.spoolState).toBe('active');
});

test('when an application stops, what waits in memory is written, whatever the disk takes', () => {
  const { outbox, enqueue } = open();
  latency = 5;
  enqueue(250, 50);
  expect(delivery.spooled).toBeLessThan(200);
  outbox.rest();
  expect(delivery.spooled).toBe(250);
});

test('what waits in memory is written once the disk is fast again', () => {
  const { outbox, enqueue } = open();
  latency = 5;
  enqueue(1_000, 50);
  expect(delivery.spooled).toBeLessThan(500);
  latency = 0.02;
  now += 30_000;
  for (let beats = 0; beats < 5; beats++) {
    outbox.heartbeat();
    now += 5_000;
  }
  expect(delivery).toMatchObject({ waiting: 1_000, spooled: 1_000, dropped: {} });
  expect(outbox.spoolState).toBe('active');
});

test('a disk that is slow again is left alone after one write', () => {
  const { enqueue } = open();
  latency = 5;
  enqueue(500, 50);
  now += 11_000;
  blocked = 0;
  enqueue(50, 1_000);
  expect(blocked).toBeLessThanOrEqual(10); // a new file, and its first record
});

test('the end of the process waits for a slow disk for a second at most', () => {
  const { outbox, enqueue } = open();
  latency = 20;
  enqueue(1_000, 500);
  void outbox.send([{}, [[{ type: 'session' }, {}]]], 1);
  const before = delivery.spooled;
  blocked = 0;
  outbox.close();
  expect(blocked).toBeLessThan(1_100);
  expect(delivery.spooled - before).toBeGreaterThan(40);
});
