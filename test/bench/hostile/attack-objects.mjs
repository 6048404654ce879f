// Objects that are expensive to read, and what holds every kind of secret.
import { dense, filled, flat, keyed, nested, text } from './attack-tools.mjs';
import { UNITS } from './attack-texts.mjs';

class Serialized {
  toJSON() {
    return { password: 'hunter22', list: filled(1000, () => new Serialized2()) };
  }
}
class Serialized2 {
  toJSON() {
    return { token: 'x1y2z3', text: text('password=x1y2z3 ', 1000) };
  }
}
const slowly = (milliseconds) => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
  return 1;
};

/** @type {Record<string, () => unknown>} */
export const objectAttacks = {
  'class instances with toJSON': () => filled(1000, () => new Serialized()),
  'class instances': () =>
    filled(1000, () => Object.assign(new (class Account {})(), { password: 'hunter22', text: dense.slice(0, 900) })),
  'dates, URLs and regular expressions': () =>
    filled(1000, (at) => [new Date(at), new URL(`https://a:b@c.example/${at}?token=x`), /password/g]),
  'symbols and functions': () =>
    filled(1000, (at) => ({ [Symbol(`password ${at}`)]: at, symbol: Symbol(dense), run: () => dense })),
  'boxed values': () => filled(5000, () => [Object('password=x1y2z3'), Object(4111111111111111), Object(true)]),
  'typed arrays': () => filled(1000, () => new Uint8Array(10_000)),
  'views and buffers': () =>
    filled(1000, () => [Buffer.alloc(1000, 'a'), new DataView(new ArrayBuffer(1000)), new SharedArrayBuffer(1000)]),
  'a Buffer with entries': () => Object.assign(Buffer.alloc(1_000_000), keyed(1000)),
  'sparse lists': () => filled(1000, () => Object.assign([], { length: 2 ** 32 - 1, 5000: dense })),
  'a list with a million empty slots': () => new Array(1_000_000),
  'a list with further entries': () =>
    Object.assign(
      filled(100_000, (at) => at),
      keyed(10_000),
    ),
  'a list of slow getters': () =>
    filled(3, () => Object.defineProperty({}, 'slow', { enumerable: true, get: () => slowly(1) })),
  'getters that throw': () =>
    filled(1000, () =>
      Object.defineProperty({ a: 1 }, 'b', {
        enumerable: true,
        get: () => {
          throw new Error('no');
        },
      }),
    ),
  'proxies that throw': () =>
    filled(
      1000,
      () =>
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error('no');
            },
          },
        ),
    ),
  'proxies of large objects': () =>
    filled(
      1000,
      () =>
        new Proxy(
          keyed(100, () => 'password=x1y2z3'),
          {},
        ),
    ),
  'a proxy of 50,000 keys': () => new Proxy(keyed(50_000), {}),
  'revoked proxies': () =>
    filled(1000, () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    }),
  'inherited keys': () => Object.create(keyed(50_000)),
  'a chain of prototypes': () => nested(5000, (parent) => Object.assign(Object.create(parent), { own: 1 }), null),
  'an object without enumerable keys': () =>
    Object.defineProperties(
      {},
      keyed(50_000, () => ({ value: 1, enumerable: false })),
    ),
  'an object with keys that are numbers': () =>
    keyed(
      100_000,
      (at) => at,
      (at) => String(at * 7),
    ),
  'an object whose keys were deleted': () => {
    const object = keyed(50_000);
    for (let at = 0; at < 49_990; at++) delete object[`key${at}`];
    return object;
  },
  'a dense graph': () => {
    const nodes = filled(300, (id) => ({ id, links: [] }));
    for (const node of nodes) node.links = nodes;
    return nodes;
  },
  'a long cycle': () => {
    const first = {};
    let last = first;
    for (let at = 0; at < 10_000; at++) last = last.next = { at };
    last.next = first;
    return first;
  },
  'deep lists': () => nested(50_000, (inner) => [inner], []),
  'deep lists side by side': () => filled(1000, () => nested(100, (inner) => [inner, 'password=x1y2z3'], [])),
  'wide at every level': () => nested(7, (inner) => ({ ...keyed(900, (at) => at), inner }), 1),
  'ropes of many pieces': () => {
    let rope = '';
    for (let at = 0; at < 300_000; at++) rope += `${at} password=x `;
    return rope;
  },
  'a list of ropes': () =>
    filled(300, () => {
      let rope = '';
      for (let at = 0; at < 2000; at++) rope += `${at} password=x `;
      return rope;
    }),
  'slices of a large text': () => {
    const all = flat(text('password=x1y2z3 ', 5_000_000));
    return filled(1000, (at) => all.slice(at * 100, at * 100 + 70_000));
  },
  'texts just over the limit': () => filled(1000, (at) => `${at} ${text('token=x1y2z3 ', 65_530)}`),
  'texts of 64 characters': () => filled(1000, () => filled(9, (at) => text(`${at} password=x1y2z3 `, 64))),
  pseudonyms: () =>
    filled(1000, (at) => filled(9, (part) => `user${at}.${part}@mail${at}.example 203.0.${at % 256}.${part}`)),
  'card numbers': () => filled(1000, (at) => filled(9, () => `4111 1111 1111 1111 ${at}`)),
  'a million texts': () => new Array(1_000_000).fill('password=x1y2z3'),
  'every kind of secret in every field': () =>
    keyed(200, (at) =>
      filled(20, (index) => Object.values(UNITS)[(at + index) % Object.values(UNITS).length].repeat(20)),
    ),
  'every kind of secret in one text': () => text(Object.values(UNITS).join(' '), 60_000),
  'every kind of secret in a list': () => filled(1000, (at) => `${at} ${text(Object.values(UNITS).join(' '), 60_000)}`),
};
