import { compileScrubber } from '../../lib/scrubbing/index.js';

const throwing = {
  get password(): string {
    throw new Error('getter');
  },
  other: 1,
};
const cycle: Record<string, unknown> = { name: 'loop' };
cycle.self = cycle;
const endless = (): object =>
  new Proxy(
    {},
    {
      get: (_target, key) => (typeof key === 'string' ? endless() : undefined),
      ownKeys: () => ['a', 'b'],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    },
  );
const deep = (levels: number): unknown => (levels === 0 ? 'bottom' : { next: deep(levels - 1) });

describe('hostile values', () => {
  const values: [string, () => unknown][] = [
    ['a getter that throws', () => throwing],
    ['a cycle', () => cycle],
    [
      'a proxy that throws everywhere',
      () =>
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error('no');
            },
            get: () => {
              throw new Error('no');
            },
            getPrototypeOf: () => {
              throw new Error('no');
            },
          },
        ),
    ],
    ['a proxy without end', endless],
    [
      'a revoked proxy',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
    [
      'a toJSON that throws',
      () => ({
        toJSON: () => {
          throw new Error('no');
        },
      }),
    ],
    [
      'a toJSON that returns itself',
      () => {
        const self: { toJSON?: unknown } = {};
        self.toJSON = () => self;
        return self;
      },
    ],
    [
      'a toJSON that returns itself, and a password',
      () => {
        const self: { toJSON?: unknown; password: string } = { password: 'hunter2' };
        self.toJSON = () => self;
        return self;
      },
    ],
    [
      'an accessor beside a removed value that answers differently every time',
      () => {
        let asked = 0;
        return {
          get note(): string {
            return asked++ === 0 ? 'fine' : 'password=hunter2';
          },
          token: 'hunter2',
        };
      },
    ],
    [
      'a class with inherited accessors',
      () =>
        new (class {
          token = 'hunter2';
          get password(): string {
            return 'hunter2';
          }
        })(),
    ],
    ['a function with toJSON', () => Object.assign(() => 1, { toJSON: () => 'hunter2' })],
    [
      'a Map',
      () =>
        new Map<unknown, unknown>([
          ['password', 'hunter2'],
          [{}, 1],
        ]),
    ],
    ['a Set', () => new Set(['a', { password: 'hunter2' }])],
    ['bytes', () => Buffer.from('password=hunter2')],
    ['a bigint', () => 4111111111111111n],
    ['an invalid date', () => new Date(Number.NaN)],
    ['a symbol', () => Symbol('x')],
    ['__proto__ as a key', () => JSON.parse('{"__proto__":{"password":"hunter2"},"constructor":{"token":"hunter2"}}')],
    ['5,000 levels', () => deep(5_000)],
    ['half a surrogate pair', () => ({ password: '\ud800', note: '\udc00 %ED%A0%80 \ud800' })],
    ['boxed primitives', () => ({ a: Object('x'), b: Object(1) })],
  ];

  it.each(values)('%s never breaks and never leaks', (_name, make) => {
    const scrubber = compileScrubber();
    for (const type of ['event', 'log', 'span', 'check_in', 'unknown', 'attachment']) {
      const sent =
        JSON.stringify(scrubber.item(type, { extra: { value: make() }, attributes: { a: { value: make() } } })) || '';
      expect(sent).not.toContain('hunter2');
    }
    expect(() => JSON.stringify(scrubber.inspect(make()).output)).not.toThrow();
    expect(() => JSON.stringify(scrubber.header({ trace: make() }))).not.toThrow();
  });

  it('marks a value that cannot be read and counts a fault', () => {
    const scrubber = compileScrubber();
    expect(scrubber.item('event', { extra: { throwing, fine: 1 } })).toMatchObject({
      extra: { throwing: '[Filtered:unreadable]', fine: 1 },
    });
    expect(scrubber.faults).toBe(1);
  });

  it('does not pollute prototypes and keeps such keys as keys', () => {
    const sent = compileScrubber().item('event', JSON.parse('{"extra":{"__proto__":{"password":"x1","ok":1}}}')) as {
      extra: object;
    };
    expect(JSON.stringify(sent.extra)).toBe('{"__proto__":{"password":"[Filtered]","ok":1}}');
    expect(({} as { ok?: number }).ok).toBeUndefined();
  });

  it('sends the same object twice, and a cycle once', () => {
    const shared = { a: 'b' };
    const loop: { shared: object; again: object; self?: unknown } = { shared, again: shared };
    loop.self = { list: [loop] };
    expect(compileScrubber().item('event', { extra: { loop } })).toMatchObject({
      extra: { loop: { shared: { a: 'b' }, again: { a: 'b' }, self: { list: ['[Circular]'] } } },
    });
  });

  it('sends nothing that is inherited from a polluted prototype', () => {
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    try {
      polluted.injected = 'value';
      const sent = compileScrubber().item('event', { extra: { password: 'x1', ok: 1 } }) as object;
      expect(JSON.stringify((sent as { extra: object }).extra)).toBe('{"password":"[Filtered]","ok":1}');
    } finally {
      delete polluted.injected;
    }
  });

  it('goes on with the right paths behind a value that cannot be read', () => {
    const sent = compileScrubber().item('event', { extra: { a: { throwing }, password: 'x1' } }) as { _meta: object };
    expect(sent._meta).toMatchObject({
      extra: { a: { throwing: {} }, password: { '': { rem: [['@password', 's', 0, 10]] } } },
    });
  });

  it('returns the same reference where nothing had to go', () => {
    const event = {
      event_id: 'a'.repeat(32),
      message: 'boom',
      extra: { list: [1, { a: 'b' }], when: null },
      spans: [{ description: 'GET /' }],
    };
    expect(compileScrubber().item('event', event)).toBe(event);
  });
});

describe('limits', () => {
  it('cuts what is over them and says so', () => {
    const scrubber = compileScrubber({ maxDepth: 3, maxBreadth: 4, maxStringLength: 64 });
    const sent = scrubber.item('event', {
      extra: { deep: { a: { b: { c: 1 } } }, list: [1, 2, 3, 4, 5, 6], long: 'x '.repeat(100), four: 4 },
    }) as { extra: Record<string, unknown>; _meta: unknown };
    expect(sent.extra.deep).toEqual({ a: '[cut:depth]' });
    expect(sent.extra.list).toEqual([1, 2, 3, '[cut:3 more]']);
    expect(sent.extra.long).toHaveLength(64);
    expect(String(sent.extra.long).endsWith('…[cut]')).toBe(true);
    expect(JSON.stringify(sent._meta)).toContain('!limit');
  });

  it.each([
    ['a message of 1 MB', { message: 'word '.repeat(210_000) }],
    [
      'many long texts',
      { extra: Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`text${at}`, 'é\u0001'.repeat(20_000)])) },
    ],
    [
      'very many spans',
      {
        spans: Array.from({ length: 30_000 }, (_, at) => ({
          span_id: String(at),
          description: 'SELECT 1 '.repeat(20),
        })),
      },
    ],
    [
      'a wide tree',
      {
        extra: Object.fromEntries(
          Array.from({ length: 900 }, (_, at) => [
            `k${at}`,
            Object.fromEntries(Array.from({ length: 900 }, (_u, inner) => [`k${inner}`, inner])),
          ]),
        ),
      },
    ],
  ])('%s still makes an event below 900 KB', (_name, event) => {
    const sent = JSON.stringify(compileScrubber().item('event', { event_id: 'e'.repeat(32), ...event }));
    expect(Buffer.byteLength(sent)).toBeLessThan(900_000);
    expect(sent).toContain('e'.repeat(32));
    expect(sent).toContain('[cut');
  });

  it('never cuts a secret in half', () => {
    const sent = compileScrubber({ maxStringLength: 100 }).text(
      `${'x '.repeat(45)}ghp_SIImHvQTnBQBvwro6ayARmDO76jh1F4MrYCR`,
    );
    expect(sent).not.toContain('ghp_');
  });
});
