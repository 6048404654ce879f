import { parseEnvelope } from '../../lib/envelopes/envelope.js';
import { NOT_READ } from '../../lib/envelopes/bounded-json.js';
import { EnvelopeCheck, type RelayCheck } from '../../lib/inbox/relay/relay-check.js';
import { envelope } from './envelope-text.js';

const NOW = 1_800_000_000;

function checkAll(...items: Array<[header: object, payload: object | string]>): Array<RelayCheck | undefined> {
  const check = new EnvelopeCheck(NOW);
  return parseEnvelope(envelope({}, ...items)).items.map((item) => check.item(item, parsed(item.payload)));
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return bytes.toString();
  }
}

const checkOne = (type: string, payload: object | string, header: object = {}) =>
  checkAll([{ type, ...header }, payload])[0]!;
const ids = { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) };
const transaction = { type: 'transaction', timestamp: NOW, start_timestamp: NOW - 1, contexts: { trace: ids } };

it('an ordinary event, transaction and check-in are taken', () => {
  expect(checkOne('event', { event_id: 'c'.repeat(32), timestamp: NOW, level: 'error', tags: { tenant: 'acme' }, exception: { values: [{ type: 'Error' }] } })).toEqual({ bytes: expect.any(Number), limit: 1024 * 1024 });
  expect(checkOne('transaction', { ...transaction, spans: [{ ...ids, start_timestamp: NOW, timestamp: NOW }] }).rejects).toBeUndefined();
  expect(checkOne('check_in', { check_in_id: 'd'.repeat(32), monitor_slug: 'nightly', status: 'ok' })).not.toHaveProperty('rejects');
}); // prettier-ignore

it('what is not JSON is refused; what would cost too much to read is not judged', () => {
  expect(checkOne('event', '{"message": oops').rejects).toEqual(['the payload is not JSON']);
  expect(checkOne('transaction', '{oops').rejects).toEqual(['the payload is not JSON']);
  expect(checkOne('event', `${NOT_READ}too deep: {`).rejects).toBeUndefined();
});

it('an item over the limit of its type is refused', () => {
  const big = (bytes: number) => ({ extra: 'x'.repeat(bytes) });
  expect(checkOne('event', big(1024 * 1024)).rejects).toEqual([expect.stringContaining('Sentry takes up to 1.00 MB')]);
  expect(checkOne('event', big(1024 * 1024 - 100)).rejects).toBeUndefined();
  expect(checkOne('check_in', { check_in_id: 'd'.repeat(32), monitor_slug: 'x', status: 'ok', ...big(100 * 1024) }).rejects).toHaveLength(1);
  expect(checkOne('attachment', big(1024 * 1024)).rejects).toBeUndefined();
}); // prettier-ignore

it('an envelope has one event or transaction', () => {
  const [first, second, check] = checkAll([{ type: 'event' }, {}], [{ type: 'transaction' }, transaction], [{ type: 'check_in' }, {}]);
  expect(first?.rejects).toBeUndefined();
  expect(second?.rejects).toEqual([expect.stringContaining('more than 1 event item in one envelope')]);
  expect(check?.rejects?.join()).not.toContain('more than');
}); // prettier-ignore

it.each([
  ['without start', { start_timestamp: undefined }, 'without start_timestamp'],
  ['without end', { timestamp: undefined }, 'without timestamp'],
  ['that ends too early', { timestamp: NOW - 2 }, 'ends before it starts'],
  ['without trace', { contexts: {} }, 'without a trace_id'],
  ['with a short span id', { contexts: { trace: { ...ids, span_id: 'b' } } }, 'without a span_id'],
  ['with a span without ids', { spans: [{ start_timestamp: NOW, timestamp: NOW }] }, 'span without a valid trace_id'],
  ['with a span that ends too early', { spans: [{ ...ids, start_timestamp: NOW, timestamp: NOW - 1 }] }, 'span that ends before'],
])('a transaction %s is refused', (_name, change, reason) => {
  expect(checkOne('transaction', { ...transaction, ...change }).rejects?.join()).toContain(reason);
}); // prettier-ignore

it.each([
  ['tag', { tags: { 'näme': 'x' } }, 'tag "näme": a name has'],
  ['tag value', { tags: [['a', 'x'.repeat(201)]] }, 'tag "a": a value has'],
  ['environment', { environment: 'a/b' }, 'environment:'],
  ['release', { release: 'a\nb' }, 'release:'],
  ['level', { level: 'severe' }, 'level "severe"'],
  ['event id', { event_id: 'abc' }, 'event_id:'],
  ['message', { message: 'x'.repeat(9000) }, 'message: 9000 characters, cut to 8192'],
  ['exception', { exception: { values: [{}] } }, 'exception without type and value'],
  ['route', { transaction: 'x'.repeat(201) }, 'transaction: 201 characters'],
  ['old event', { timestamp: NOW - 31 * 86_400 }, '30 days ago'],
  ['event of the future', { timestamp: NOW + 61 }, 'in the future'],
  ['extra', { extra: { a: 'x'.repeat(300_000) } }, 'extra has more than'],
])('a %s that Sentry changes is named', (_name, event, change) => {
  const { rejects, changes } = checkOne('event', event);
  expect([rejects, changes?.join()]).toEqual([undefined, expect.stringContaining(change)]);
}); // prettier-ignore

it('a container has as many items as its header says', () => {
  const header = { item_count: 2, content_type: 'application/vnd.sentry.items.log+json' };
  expect(checkOne('log', { items: [{}] }, header).rejects).toEqual(['item_count is 2, but there are 1 items']);
  expect(checkOne('log', { items: [{}, {}] }, header).rejects).toBeUndefined();
});

it('a check-in has an id, a monitor and a status', () => {
  expect(checkOne('check_in', {}).rejects).toHaveLength(3);
});

it('payloads of any shape are checked without failing, with a bounded number of findings', () => {
  for (const type of ['event', 'transaction', 'check_in', 'log', 'span', 'unknown'])
    for (const payload of ['null', '[]', '5', '"x"', '{"level":{"toString":1},"tags":[[],["a",{"toString":1}]],"exception":[null],"spans":{"values":[null]},"contexts":[],"extra":null}'])
      expect(checkOne(type, payload, { item_count: 1 }).bytes).toBe(payload.length);
  const tags = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`é${n}`, 1]));
  expect(checkOne('event', { tags }).changes).toHaveLength(20);
  expect(checkAll([{ type: 'alert' }, {}])).toEqual([undefined]);
}); // prettier-ignore
