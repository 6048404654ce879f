import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { delivery } from '../../lib/delivery/counts';
import { Outbox } from '../../lib/delivery/outbox';
import { recoverAbandoned } from '../../lib/delivery/spool/recovery';
import { Spool, type SpoolLimits } from '../../lib/delivery/spool/spool';
import type { ReceiverResponse } from '../../lib/delivery/response-outcome';
import { temporaryFolder } from './delivery-app';

const TYPES = { error: 'event', transaction: 'transaction', session: 'session' } as const;
let now: number;
let sent: string[];
let sentry: () => Promise<ReceiverResponse>;
let dropped: string[];

const taken = () => Promise.resolve({ status: 200, headers: {} });
const away = () => Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

beforeEach(() => {
  now = 1_000_000;
  sent = [];
  dropped = [];
  sentry = away;
  Object.assign(delivery, { delivered: 0, waiting: 0, spooled: 0, retried: 0, dropped: {} });
});

function open(directory: string, limits: Partial<SpoolLimits> = {}) {
  const all = { directory, maxBytes: 1_000_000, maxAge: 60_000, maxEvents: 1_000, ...limits };
  const spool = new Spool(all, 'v1-test', () => now);
  const outbox = new Outbox({
    host: 'sentry.example.com',
    send: async (bytes) => {
      sent.push(/"name":"([^"]+)"/.exec(bytes.toString())?.[1] ?? '');
      return sentry();
    },
    spool,
    maxAge: all.maxAge,
    now: () => now,
    random: () => 0.5,
    recordDropped: (reason, category, count) => dropped.push(`${reason} ${category} ${count}`),
  });
  const enqueue = (category: keyof typeof TYPES, name: string, size = 10) => {
    void outbox.send([{}, [[{ type: TYPES[category] }, { name, filler: 'x'.repeat(size) }]]], 1);
  };
  return { spool, outbox, enqueue };
}
const bytesIn = (folder: string) =>
  (readdirSync(folder, { recursive: true }) as string[])
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);

test('errors are sent before traces, and those before sessions, oldest first', async () => {
  const { outbox, enqueue } = open(temporaryFolder());
  sentry = () => new Promise(() => undefined);
  for (let at = 0; at < 30; at++) enqueue('session', 'fills every connection');
  sentry = taken;
  for (const name of ['s1', 's2']) enqueue('session', name);
  for (const name of ['t1', 't2']) enqueue('transaction', name);
  for (const name of ['e1', 'e2']) enqueue('error', name);
  expect(sent.slice(30)).toEqual([]);
  const { spool } = open(temporaryFolder());
  expect(spool.ownFolder).toBeDefined();
  expect([...(outbox as any).store.queue].map((envelope: any) => /"name":"(\w+)"/.exec(envelope.bytes)![1])).toEqual([
    'e1',
    'e2',
    't1',
    't2',
    's1',
    's2',
  ]);
});

test('a full spool drops the least valuable envelopes, oldest first, and stays within maxBytes', async () => {
  const folder = temporaryFolder();
  const { enqueue } = open(folder, { maxBytes: 100_000 });
  sentry = () => new Promise(() => undefined);
  for (let at = 0; at < 30; at++) enqueue('error', 'fills every connection');
  for (let at = 0; at < 20; at++) enqueue('session', `s${at}`, 5_000);
  for (let at = 0; at < 10; at++) enqueue('error', `e${at}`, 5_000);
  expect(bytesIn(folder)).toBeLessThanOrEqual(101_000);
  expect(delivery.dropped.spool_full).toBeGreaterThanOrEqual(10);
  expect(new Set(dropped)).toEqual(new Set(['cache_overflow session 1']));
  for (let at = 0; at < 30; at++) enqueue('error', `late ${at}`, 5_000);
  expect(bytesIn(folder)).toBeLessThanOrEqual(101_000);
  expect(dropped.at(-1)).toBe('cache_overflow error 1');
  expect(delivery.waiting + (delivery.dropped.spool_full ?? 0)).toBe(90);
});

test('no more envelopes than maxEvents wait', async () => {
  const { enqueue } = open(temporaryFolder(), { maxEvents: 5 });
  for (let at = 0; at < 50; at++) enqueue('error', `e${at}`);
  await settled();
  expect(delivery.waiting).toBeLessThanOrEqual(5 + 30);
  expect(delivery.waiting + delivery.dropped.spool_full!).toBe(50);
});

test('what has waited longer than maxAge is dropped', async () => {
  const { outbox, enqueue } = open(temporaryFolder(), { maxAge: 10_000 });
  enqueue('error', 'old');
  await settled();
  now += 10_001;
  sentry = taken;
  outbox.dispatch();
  await settled();
  expect(delivery).toMatchObject({ waiting: 0, delivered: 0, dropped: { spool_expired: 1 } });
});

test('the circuit opens after three failures, lets one request probe, and closes when Sentry is back', async () => {
  const { outbox, enqueue } = open(temporaryFolder());
  for (const name of ['a', 'b', 'c']) {
    enqueue('error', name);
    await settled();
    now += 10;
  }
  expect(outbox.circuitState).toBe('open');
  enqueue('error', 'd');
  expect(sent).toEqual(['a', 'b', 'c']);
  now += 800;
  outbox.dispatch();
  expect(outbox.circuitState).toBe('half-open');
  expect(sent).toHaveLength(4);
  await settled();
  expect(outbox.circuitState).toBe('open');
  sentry = taken;
  now += 20_000;
  outbox.dispatch();
  await settled();
  expect(outbox.circuitState).toBe('closed');
  expect(delivery).toMatchObject({ delivered: 4, waiting: 0, spooled: 0 });
});

test('an envelope that always fails does not block the others', async () => {
  const { outbox, enqueue } = open(temporaryFolder(), { maxAge: 10_000_000 });
  sentry = () => Promise.resolve({ status: sent.at(-1) === 'poison' ? 500 : 200, headers: {} });
  enqueue('error', 'poison');
  for (let at = 0; at < 20; at++) {
    await settled();
    now += 20_000;
    outbox.dispatch();
    enqueue('transaction', `t${at}`);
  }
  for (let at = 0; at < 5; at++) {
    await settled();
    now += 20_000;
    outbox.dispatch();
  }
  expect(delivery).toMatchObject({ waiting: 1, delivered: 20 });
});

test('a rate limited attachment is dropped, its event is sent', async () => {
  const { outbox } = open(temporaryFolder());
  let body = '';
  sentry = () => Promise.resolve({ status: 200, headers: { 'x-sentry-rate-limits': '60:attachment' } });
  void outbox.send([{}, [[{ type: 'event' }, { name: 'first' }]]], 1);
  await settled();
  (outbox as any).dispatcher.options.send = (bytes: Buffer) => {
    body = bytes.toString();
    return taken();
  };
  const attachment = [{ type: 'attachment', length: 6 }, Buffer.from('a\nfile')] as [Record<string, unknown>, unknown];
  void outbox.send([{ event_id: '1' }, [[{ type: 'event' }, { name: 'second' }], attachment]], 2);
  await settled();
  expect(body.split('\n')).toEqual(['{"event_id":"1"}', '{"type":"event"}', '{"name":"second"}']);
  expect(delivery).toMatchObject({ delivered: 2, dropped: { ratelimit_backoff: 1 } });
  expect(dropped).toEqual(['ratelimit_backoff attachment 1']);
});

test('sent envelopes are not sent again', async () => {
  const folder = temporaryFolder();
  const { spool, outbox, enqueue } = open(folder);
  sentry = taken;
  for (let at = 0; at < 500; at++) {
    enqueue('error', `e${at}`, 2_000);
    if (at % 10 === 9) await settled();
  }
  await settled();
  expect(delivery).toMatchObject({ delivered: 500, waiting: 0, spooled: 0 });
  expect(bytesIn(folder)).toBeLessThan(40_000);
  spool.release(false);
  const next = open(folder);
  const found: unknown[] = [];
  await recoverAbandoned(next.spool, {
    onFound: (abandoned) => found.push(...abandoned),
    onDamaged: () => found.push('damaged'),
  });
  expect(found).toEqual([]);
  expect(outbox.oldest()).toBeUndefined();
});
