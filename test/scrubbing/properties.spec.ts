import fc from 'fast-check';
import { compileScrubber } from '../../lib/scrubbing/index.js';

const scrubber = compileScrubber({ pseudonymKey: 'test' });
const RUNS = { numRuns: 300 };

const names = fc.constantFrom(
  'password',
  'note',
  'userPassword',
  'API_KEY',
  'url',
  'email',
  'cookie',
  'list',
  'headers',
  'value',
  'name',
  'author',
  '__proto__',
  'tokenCount',
);
const fragments = fc.constantFrom(
  'password=hunter2',
  'token: abc123',
  '{"a":"b"}',
  '{"password":"x1"}',
  '%7B%22secret%22%3A%22x1%22%7D',
  'Bearer abc.def',
  'jo@shop.example',
  '10.1.2.3',
  '::1',
  '4111 1111 1111 1111',
  '[Filtered]',
  '[Filtered:card]',
  'a=1&b=2',
  "'",
  '"',
  '\\',
  '\n',
  ' ',
  '<b>x</b>',
  '<password>x</password>',
  '//u:p@h/',
  '&',
  ';',
  '=',
  ':',
  ',',
  '(',
  ')',
  'é',
  '\ud800',
  '-----BEGIN PRIVATE KEY-----',
  "INSERT INTO t VALUES ('a')",
  '--password x',
  'sk_live_BnQHFRLE5gbl0HmRkVghgdKL',
  '078-05-1120',
  '…[cut]',
);
const texts = fc.oneof(
  fc.string(),
  fc.array(fragments, { maxLength: 6 }).map((parts) => parts.join('')),
  fc.array(fragments, { maxLength: 4 }).map((parts) => parts.join(' ')),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    texts,
    fc.constantFrom(null, true, 0, 4111111111111111, -1.5),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc
      .array(fc.tuple(names, tie('tree')), { maxLength: 4 })
      .map(
        (entries) =>
          JSON.parse(
            `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value) || 'null'}`).join(',')}}`,
          ) as unknown,
      ),
  ),
}));

describe('properties', () => {
  it('never throws and gives what JSON can hold', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withTypedArray: true,
          withNullPrototype: true,
          withSparseArray: true,
          withBoxedValues: true,
        }),
        fc.constantFrom('event', 'log', 'span', 'check_in', 'session', 'x'),
        (value, type) => {
          JSON.stringify(scrubber.item(type, value));
          JSON.stringify(
            scrubber.item(type, {
              extra: value,
              contexts: value,
              request: value,
              breadcrumbs: value,
              attributes: value,
            }),
          );
        },
      ),
      RUNS,
    );
  });

  it('does not change its input', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const before = JSON.stringify(value);
        scrubber.item('event', { extra: value });
        expect(JSON.stringify(value)).toBe(before);
      }),
      RUNS,
    );
  });

  it('a second pass finds nothing', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const once = JSON.stringify(scrubber.item('event', { extra: { value } }));
        expect(JSON.stringify(scrubber.item('event', JSON.parse(once)))).toBe(once);
      }),
      { numRuns: 1500 },
    );
  });

  it('a second pass over a text finds nothing', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = scrubber.text(text);
        expect(scrubber.text(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  it('what came before changes nothing: known keys, known texts and their order', () => {
    const used = compileScrubber({ pseudonymKey: 'test' });
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 3 }), texts, (values, text) => {
        const items = values.map((value) => ({
          message: text,
          tags: { text },
          extra: { value, text, password: text },
          exception: { values: [{ value: text, stacktrace: { frames: [{ function: text, vars: { text } }] } }] },
          breadcrumbs: [{ message: text, category: text, data: value }],
        }));
        for (const item of [...items, ...items, ...items.reverse()]) {
          const fresh = compileScrubber({ pseudonymKey: 'test' });
          expect(JSON.stringify(used.item('event', item))).toBe(JSON.stringify(fresh.item('event', item)));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('a text that is fine in one place still goes in another', () => {
    const item = {
      message: 'could not reach 10.20.30.40',
      extra: { note: 'could not reach 10.20.30.40', password: 'could not reach 10.20.30.40' },
    };
    for (let time = 0; time < 4; time++) {
      const sent = scrubber.item('event', item) as typeof item;
      expect(sent.message).toBe(item.message);
      expect(sent.extra.note).toMatch(/^could not reach 2[45]\d\./);
      expect(sent.extra.password).toBe('[Filtered]');
    }
  });

  it('judges names after thousands of others', () => {
    const own = compileScrubber();
    for (let round = 0; round < 3; round++) {
      const names = Array.from({ length: 900 }, (_, at) => [`name${round}x${at}`, { [`inner${round}x${at}`]: 1 }]);
      own.item('event', { extra: Object.fromEntries(names) });
      expect(own.item('event', { extra: { userPassword: 'x1', author: 'kim' } })).toMatchObject({
        extra: { userPassword: '[Filtered]', author: 'kim' },
      });
    }
  });

  const secret = 'Zanzibar-quartz7731';
  const encodings: ((value: string) => unknown)[] = [
    (value) => ({ password: value }),
    (value) => ({ dbPassword: { inner: [value] } }),
    (value) => [
      ['api_key', value],
      ['a', 'b'],
    ],
    (value) => ({ name: 'Authorization', value }),
    (value) => new Map([['client-secret', value]]),
    (value) => `password=${value}&page=2`,
    (value) => `https://x.example/a?access_token=${value}#x`,
    (value) => `postgres://app:${value}@db.example/shop`,
    (value) => `login failed, password: ${value}, try again`,
    (value) => `--X7\r\nContent-Disposition: form-data; name="password"\r\n\r\n${value}\r\n--X7--`,
    (value) => `<login><password>${value}</password></login>`,
    (value) => `Authorization: Bearer ${value}`,
    (value) => `Cookie: theme=dark; sessionid=${value}`,
    (value) => `UPDATE users SET password = '${value}' WHERE id = 1`,
    (value) => `INSERT INTO users (name, password) VALUES ('kim', '${value}')`,
    (value) => `mysql --password ${value} shop`,
    (value) => `{ user: 'lea', password: '${value}' }`,
    (value) => `-----BEGIN PRIVATE KEY-----\n${value}\n-----END PRIVATE KEY-----`,
  ];
  const wrappings: ((value: unknown) => unknown)[] = [
    (value) => ({ inner: value }),
    (value) => [value, 1],
    (value) => JSON.stringify(value instanceof Map ? [...value] : value),
    (value) => (typeof value === 'string' ? `data=${encodeURIComponent(value)}&v=1` : { value }),
  ];

  it('lets no planted secret through, however it is wrapped', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...encodings),
        fc.array(fc.constantFrom(...wrappings), { maxLength: 3 }),
        (encode, wraps) => {
          const planted = wraps.reduce((value, wrap) => wrap(value), encode(secret));
          for (const [type, item] of [
            ['event', { extra: { planted } }],
            ['event', { request: { data: planted } }],
            ['event', { breadcrumbs: [{ data: { planted } }] }],
            ['event', { exception: { values: [{ stacktrace: { frames: [{ vars: { planted } }] } }] } }],
            ['log', { attributes: { planted: { value: planted, type: 'string' } } }],
            ['span', { items: [{ attributes: { planted: { value: planted } } }] }],
          ] as const) {
            expect(JSON.stringify(scrubber.item(type, item))).not.toContain(secret);
          }
        },
      ),
      { numRuns: 600 },
    );
  });
});
