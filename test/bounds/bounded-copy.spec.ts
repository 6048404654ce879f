import { BoundedCopy } from '../../lib/bounds/index.js';

const limits = { depth: 8, breadth: 1_000, values: 10_000 };
const copy = (value: unknown): unknown => new BoundedCopy(limits).of(value);

/** A value that counts how often it is read, and whose every property is such a value again. */
function endless(count: { reads: number }): object {
  return new Proxy(
    {},
    {
      ownKeys: () => ['a', 'b', 'c'],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
      get: (_target, key) => {
        count.reads++;
        return key === 'toJSON' || key === 'constructor' ? undefined : endless(count);
      },
    },
  );
}

function endlessGetters(count: { reads: number }): object {
  const object = {};
  for (const key of ['a', 'b', 'c', 'd']) {
    Object.defineProperty(object, key, { enumerable: true, get: () => (count.reads++, endlessGetters(count)) });
  }
  return object;
}

function doubling(levels: number, read: () => void): object {
  let nest: object = {};
  for (let level = 0; level < levels; level++) {
    const inner = nest;
    nest = {
      left: inner,
      get right() {
        return (read(), inner);
      },
    };
  }
  return nest;
}

function assertNever(): never {
  throw new Error('read');
}

describe('a bounded copy', () => {
  it('equals an ordinary value', () => {
    const value = { id: 1, list: [1, 'two', null, { three: 3 }], none: undefined };
    const bounded = new BoundedCopy(limits);
    expect(bounded.of(value)).toEqual(value);
    expect(bounded.isCut).toBe(false);
  });

  it('has the form that the SDK sends: of dates, errors, cycles and what is deeper', () => {
    const cycle: Record<string, unknown> = { at: new Date(0), error: new TypeError('wrong') };
    cycle.self = cycle;
    expect(copy(cycle)).toMatchObject({
      at: '1970-01-01T00:00:00.000Z',
      error: { name: 'TypeError', message: 'wrong' },
      self: '[Circular ~]',
    });
    class Inner {
      readonly value = 1;
    }
    expect(new BoundedCopy({ ...limits, depth: 1 }).of({ inner: new Inner(), list: [] })).toEqual({
      inner: '[Inner]',
      list: '[Array]',
    });
  });

  it.each([
    ['proxies', endless],
    ['getters', endlessGetters],
  ])('reads endless %s as often as it has values', (_name, make) => {
    const count = { reads: 0 };
    copy(make(count));
    expect(count.reads).toBeGreaterThan(10);
    expect(count.reads).toBeLessThan(limits.values);
  });

  it('visits doubling nests as often as it has values', () => {
    let reads = 0;
    copy(doubling(40, () => reads++));
    expect(reads).toBeLessThan(limits.values);
  });

  it('holds no toJSON and no prototype, which whatever follows would call or take over', () => {
    const own = JSON.parse('{"__proto__":{"polluted":true},"id":1}') as object;
    const value = Object.assign(own, { toJSON: () => new Array(1_000_000).fill(1) });
    expect(JSON.stringify(new BoundedCopy(limits).entries(value))).toBe('{"id":1}');
  });

  it('reads each value once', () => {
    let reads = 0;
    copy({
      get value() {
        return reads++;
      },
    });
    expect(reads).toBe(1);
  });

  it('says how much of a list and of an object is left out', () => {
    const list = copy(new Array(1_000_000).fill(1)) as unknown[];
    expect(list).toHaveLength(1_000);
    expect(list.at(-1)).toBe('[cut:999001 more]');
    expect((copy(Object.assign([], { length: 4_294_967_295 })) as unknown[]).at(-1)).toBe('[cut:4294966296 more]');
    const object = copy(Object.fromEntries(new Array(2_000).fill(0).map((_, at) => [`key${at}`, at])));
    expect(Object.keys(object as object)).toHaveLength(1_000);
    expect((object as Record<string, unknown>)['…']).toBe('[cut:1001 keys]');
  });

  it.each([
    ['a Buffer', Buffer.alloc(10)],
    ['a typed array', new Float64Array(10)],
    ['bytes', new ArrayBuffer(10)],
  ])('holds a marker for %s', (_name, value) => {
    expect(copy({ value })).toEqual({ value: '[Filtered:bytes]' });
  });

  it('holds a marker for what cannot be read, and the rest', () => {
    const broken = {
      get value(): never {
        throw new Error('unreadable');
      },
    };
    expect(copy({ broken, rest: 1 })).toEqual({ broken: '[Filtered:unreadable]', rest: 1 });
  });

  it('writes out no number of a million digits', () => {
    expect(copy({ value: 2n ** 100_000n })).toEqual({ value: '[cut:digits]' });
  });

  it('holds markers for symbols, functions and classes with long names, which the SDK would write out', () => {
    const long = 'x'.repeat(60_000);
    const named = Object.defineProperty(() => 1, 'name', { value: long });
    const thrower = new Proxy(() => 1, { get: (): never => assertNever() });
    const short = Symbol('short');
    expect(copy({ symbol: Symbol(long), named, short })).toEqual({ symbol: '[cut:name]', named: '[cut:name]', short });
    expect(() => copy({ thrower })).not.toThrow();
    const inner = Object.create({ constructor: { name: long } }) as object;
    expect(new BoundedCopy({ ...limits, depth: 1 }).of({ inner })).toEqual({ inner: '[Object]' });
  });

  it('leaves out names that V8 cannot tell apart by their hashes', () => {
    const keys = Array.from({ length: 3 }, (_, at) => `${at}${'x'.repeat(20_000)}`);
    const object = Object.fromEntries([...keys.map((key) => [key, 1]), ['kept', 1]]) as object;
    expect(copy(object)).toEqual({ kept: 1, '…': '[cut:3 keys]' });
  });

  it('limits the characters of all names and strings, if asked to', () => {
    const text = 'x'.repeat(100_000);
    const bounded = new BoundedCopy({ ...limits, characters: 1_000 });
    expect(JSON.stringify(bounded.of({ [text]: text, list: [text, text, text] })).length).toBeLessThan(2_000);
    expect(bounded.isCut).toBe(true);
  });

  it('does not look at longer texts once no characters are left', () => {
    const texts = Array.from({ length: 50 }, (_, at) => `${at} ${'x'.repeat(1_000)}`);
    const copied = new BoundedCopy({ ...limits, characters: 1_000 }).of([...texts, 'short']) as string[];
    expect(copied[0]).toMatch(/^0 x+…\[cut\]$/);
    expect(copied.slice(-2)).toEqual(['[cut:size]', 'short']);
  });

  it('takes half as many entries of objects as elements of lists', () => {
    const entries = (value: unknown): number => JSON.stringify(copy(value)).split('1').length;
    const lists = Array.from({ length: 30 }, () => new Array(900).fill(1) as number[]);
    const objects = Array.from({ length: 30 }, () =>
      Object.fromEntries(Array.from('x'.repeat(900), (_, at) => [`k${at}`, 1])),
    );
    expect(entries(lists)).toBeGreaterThan(9_000);
    expect(Object.keys((copy(objects) as object[])[4] as object).length).toBeGreaterThan(800);
    expect((copy(objects) as unknown[]).at(-1)).toBe('[cut:size]');
  });

  it('leaves something for what follows a value that takes all', () => {
    const bounded = new BoundedCopy(limits);
    const wide = (): unknown[] => new Array(1_000).fill(0).map(() => new Array(1_000).fill(1));
    expect(bounded.entries({ hostile: wide(), ordinary: { id: 1 } }).ordinary).toEqual({ id: 1 });
  });
});
