import { firstEntries, firstKeys, copyFirstEntries } from '../../lib/bounds/index.js';

const keyed = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, at]));

/** Counts how often all keys of an object are listed. */
function counted(target: object): { proxy: object; calls: Record<'listed' | 'described' | 'read', number> } {
  const calls = { listed: 0, described: 0, read: 0 };
  const proxy = new Proxy(target, {
    ownKeys: (object) => (calls.listed++, Reflect.ownKeys(object)),
    getOwnPropertyDescriptor: (object, key) => (calls.described++, Reflect.getOwnPropertyDescriptor(object, key)),
    get: (object, key) => (calls.read++, Reflect.get(object, key) as unknown),
  });
  return { proxy, calls };
}

describe('the first keys', () => {
  it('are all keys of an ordinary object', () => {
    expect(firstKeys({ a: 1, b: 2 }, 2)).toEqual({ keys: ['a', 'b'], more: 0 });
  });

  it('of a large object say how many more there are', () => {
    expect(firstKeys(keyed(5), 2)).toEqual({ keys: ['key0', 'key1'], more: 3 });
  });

  it('of a proxy take a few accesses for each key that is kept, not for each that it has', () => {
    const { proxy, calls } = counted(keyed(100_000));
    firstKeys(proxy, 100);
    expect(calls.listed).toBe(1);
    expect(calls.described).toBeLessThan(400);
    expect(calls.read).toBe(0);
  });

  it('of a very large object are remembered', () => {
    const large = keyed(20_000);
    const { keys } = firstKeys(large, 100);
    large.another = 1;
    expect(firstKeys(large, 100).keys).toEqual(keys);
    delete large.key5;
    expect(firstKeys(large, 100).keys).not.toContain('key5');
  });

  it('of a list are found by its indexes', () => {
    const list: unknown[] = Object.assign([], { length: 4_294_967_295, 1: 'one' });
    expect(firstKeys(list, 100)).toEqual({ keys: ['1'], more: 4_294_967_195 });
  });

  it('of bytes are none', () => {
    expect(firstKeys(new Uint8Array(10), 100)).toEqual({ keys: [], more: 10 });
  });
});

describe('the first entries', () => {
  it('are the object itself if it is of an ordinary size', () => {
    const object = keyed(1_000);
    expect(firstEntries(object)).toBe(object);
  });

  it('of a large object end with a marker', () => {
    const first = firstEntries(keyed(1_500));
    expect(Object.keys(first)).toHaveLength(1_000);
    expect(Object.entries(first).at(-1)).toEqual(['…', '[cut:501 keys]']);
  });

  it('are copied from an object, and from nothing else', () => {
    const object = { a: 1 };
    expect(copyFirstEntries(object)).toEqual(object);
    expect(copyFirstEntries(object)).not.toBe(object);
    expect(copyFirstEntries('a text' as unknown as object)).toEqual({});
  });
});
