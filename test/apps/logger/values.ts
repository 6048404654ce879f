class Order {
  constructor(readonly id: number) {}
}

/** Arguments of a logger. */
export function values(): Record<string, unknown[]> {
  const cyclic: Record<string, unknown> = { name: 'cycle' };
  cyclic.self = cyclic;
  const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`key${at}`, at]));
  return {
    object: [{ event: 'placed', order: { id: 42, lines: ['a', 'b'] } }],
    'message-and-object': ['order placed', { orderId: 42 }],
    'object-and-message': [{ orderId: 42 }, 'order placed'],
    secrets: ['login of alice@example.com', { password: 'correct horse', card: '4242424242424242' }],
    'secret-in-text': ['token=sk_live_4eC39HqLyjWDarjtT1zdp7dcABCD and password: "correct horse"'],
    cyclic: ['cyclic', cyclic],
    wide: ['wide', wide],
    long: ['x'.repeat(1_000_000)],
    getter: [
      'getter',
      Object.defineProperty({ plain: 1 }, 'lazy', {
        enumerable: true,
        get: () => {
          throw new Error('read');
        },
      }),
    ],
    proxy: [
      'proxy',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('trap');
          },
        },
      ),
    ],
    instance: ['instance', new Order(7)],
    list: ['list', [1, 2, 3], new Map([['a', 1]])],
    primitives: [42, true, 'last'],
    empty: [''],
    nothing: [undefined],
  };
}
