// Values that an application may pass by mistake, or that a client can make it pass. Each is made anew for each run.
const MILLION = 1_000_000;

const filled = (count, entry) => Array.from({ length: count }, (_, index) => entry(index));
const keyed = (count, entry = (index) => index) => {
  const object = {};
  for (let index = 0; index < count; index++) object[`key${index}`] = entry(index);
  return object;
};
const doubling = (levels, width) => {
  let nest = { end: true };
  for (let level = 0; level < levels; level++) nest = filled(width, () => nest);
  return { nest };
};
const deep = (levels) => {
  let inner = {};
  for (let level = 0; level < levels; level++) inner = { inner };
  return inner;
};
const endlessProxy = () =>
  new Proxy({}, { ownKeys: () => ['a', 'b', 'c'], getOwnPropertyDescriptor: describe, get: more });
const describe = () => ({ enumerable: true, configurable: true, value: 1 });
const more = (_target, key) =>
  typeof key === 'symbol' || ['then', 'toJSON', 'constructor'].includes(key) ? undefined : endlessProxy();
class Endless {
  constructor() {
    for (const key of ['left', 'right', 'up', 'down']) {
      Object.defineProperty(this, key, { enumerable: true, get: () => new Endless() });
    }
  }
}
const longListProxy = () =>
  new Proxy([], { get: (target, key) => (key === 'length' ? 2 ** 32 - 1 : (target[key] ?? 1)) });
const text = (unit, length) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

const messageOf = (template, parameters) => ({
  'sentry.message.template': template,
  ...Object.fromEntries(Object.values(parameters).map((value, index) => [`sentry.message.parameter.${index}`, value])),
});

/** @type {Record<string, () => unknown>} */
export const values = {
  'a small object': () => ({ id: 1, name: 'small', items: [1, 2, 3] }),
  'a list of a million numbers': () => filled(MILLION, (index) => index),
  'a list of a million objects': () => filled(MILLION, (id) => ({ id })),
  'an object of 50,000 keys': () => keyed(50_000),
  'an object of a million keys': () => keyed(MILLION),
  'a Map of a million': () => new Map(filled(MILLION, (index) => [`key${index}`, index])),
  'a Set of a million': () => new Set(filled(MILLION, (index) => index)),
  'a Buffer of 10 MB': () => Buffer.alloc(10_000_000, 1),
  'a Float64Array of a million': () => new Float64Array(MILLION).fill(1.5),
  'a sparse list of 2^32 - 1': () => Object.assign([], { length: 2 ** 32 - 1, 7: 'seven' }),
  'a doubling nest': () => doubling(40, 2),
  'a nest of tens': () => doubling(12, 10),
  'an object 100,000 deep': () => deep(100_000),
  'an endless proxy': endlessProxy,
  'a proxy of an endless list': longListProxy,
  'endless getters': () => new Endless(),
  'a toJSON of a million': () => {
    const list = filled(MILLION, (id) => ({ id }));
    return { toJSON: () => list };
  },
  'a text of 10 MB': () => text('lorem ipsum ', 10_000_000),
  'a text of 10 million lines': () => text('\n', 10_000_000),
  'a text of 10 MB of secrets': () => text('Cookie: a=b; password=c, mysql -px ', 10_000_000),
  'a list of 1,000 such texts of 60 KB': () =>
    filled(1000, (index) => `${index} ${text('Cookie: a=b; password=c, mysql -px ', 60_000)}`),
  'a list of 1,000 texts of 60 KB': () => filled(1000, (index) => `${index} ${text('lorem ipsum ', 60_000)}`),
  'a table of a million rows under a header': () => {
    const row = filled(1000, () => 'x1y2z3w4');
    const rows = filled(1000, () => row);
    return { columns: ['id', 'token'], rows: filled(1000, () => rows) };
  },
  'a list of 1,000 messages with parameters': () => {
    const template = text(`${'a'.repeat(60)} key %s`, 4000);
    const parameters = keyed(200, (index) => `value ${index}`);
    return filled(1000, () => ({ template, params: [1, 2], args: [1, 2], ...messageOf(template, parameters) }));
  },
  'a list of 1,000 statements with texts of brackets': () =>
    filled(1000, (index) => ({
      query: `select ${index} from a where b = ?`,
      params: text('[', 60_000),
      values: '[[]]',
    })),
  'a list of 1,000 texts of digits': () => filled(1000, (index) => `${index} ${text('1101.1101-1 ', 60_000)}`),
  'a list of 1,000 large class instances': () => {
    class Large {}
    const large = Object.assign(new Large(), keyed(10_000));
    return filled(1000, () => large);
  },
  'a dense list of 100 x 100 x 100': () => filled(100, (a) => filled(100, (b) => filled(100, (c) => a + b + c))),
  'a dense object of 100 x 100 x 10': () => keyed(100, () => keyed(100, () => keyed(10, (index) => `value ${index}`))),
};
