import { receiveEnvelope, receiveStore } from '../../lib/inbox/receiver.js';
import { hostileDeliveries, type HostileDelivery } from './hostile-deliveries.js';

const isLong = process.env.FUZZ === 'long';
const seed = Number(process.env.FUZZ_SEED ?? (isLong ? Date.now() % 1e9 : 1));
const count = Number(process.env.FUZZ_TEXTS ?? (isLong ? 5_000 : 200));

/** What doubling a delivery may multiply the count by. */
const MAX_GROWTH = 2.5;
const LENGTHS = [8_000, 16_000, 32_000];

/** Characters parsed, decoded and written, and bytes searched, while a delivery is received. */
function stepsOf(body: Buffer, receive: (body: Buffer) => unknown): number {
  let steps = 0;
  const search = body.indexOf.bind(body);
  const decode = body.toString.bind(body);
  body.indexOf = ((value: number, from: number) => {
    const found = search(value, from);
    steps += 1 + (found === -1 ? body.length : found) - from;
    return found;
  }) as typeof body.indexOf;
  body.toString = (encoding, start = 0, end = body.length) => {
    steps += end - start;
    return decode(encoding, start, end);
  };
  const parse = jest.spyOn(JSON, 'parse');
  const write = jest.spyOn(JSON, 'stringify');
  try {
    receive(body);
  } catch {
    // refused
  }
  steps += parse.mock.calls.reduce((sum, [text]) => sum + text.length, 0);
  steps += write.mock.results.reduce((sum, { value }) => sum + String(value).length, 0);
  parse.mockRestore();
  write.mockRestore();
  return steps;
}

/** The brackets that open, commas and colons outside of strings. */
function structureOf(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"?/gs, '').replace(/[^[{,:]/g, '');
}

describe(`hostile deliveries (FUZZ_SEED=${seed})`, () => {
  it.each([
    ['envelope', receiveEnvelope],
    ['event', receiveStore],
  ])(
    'to the inbox take work in proportion to their length: %s',
    (_name, receive) => {
      const deliveries = hostileDeliveries(seed);
      const fast: string[] = [];
      for (let at = 0; at < count; at++) {
        const { name, ofLength } = deliveries.next().value as HostileDelivery;
        let before = stepsOf(ofLength(4_000), receive);
        const grows = LENGTHS.every((length) => {
          const after = stepsOf(ofLength(length), receive);
          const isFast = after > MAX_GROWTH * before;
          before = after;
          return isFast;
        });
        if (grows) fast.push(name);
      }
      expect(fast).toEqual([]);
    },
    3_600_000,
  );

  it('to the inbox never let the engine parse more than 150,000 brackets, commas and colons', () => {
    const deliveries = hostileDeliveries(seed);
    const most: Array<[parsed: number, name: string]> = [];
    for (let at = 0; at < Math.min(count, 200); at++) {
      const { name, ofLength } = deliveries.next().value as HostileDelivery;
      const parse = jest.spyOn(JSON, 'parse');
      try {
        receiveEnvelope(ofLength(1_000_000));
      } catch {
        // refused
      }
      const parsed = parse.mock.calls.reduce((sum, [text]) => sum + structureOf(text).length, 0);
      parse.mockRestore();
      if (parsed > 150_000) most.push([parsed, name]);
    }
    expect(most).toEqual([]);
  }, 3_600_000);
});
