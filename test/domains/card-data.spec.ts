import fc from 'fast-check';
import { withoutCardData } from '../../lib/domains/index';

const cases: [string, object, object][] = [
  [
    'amounts and ids stay',
    { amount: 1999, currency: 'EUR', orderId: 7 },
    { amount: 1999, currency: 'EUR', orderId: 7 },
  ],
  [
    'of a card its brand stays',
    { card: { number: '4242', brand: 'visa', cvc: 1, name: 'Ann' } },
    { card: { brand: 'visa' } },
  ],
  [
    'in every style',
    { 'card-number': 1, card_cvc: 2, CVV2: 3, securityCode: 4, expMonth: 5, 'Exp Year': 6, last_4: 7 },
    {},
  ],
  [
    'an object that looks like a card',
    { source: { number: 1, expiry: '12/31', brand: 'visa' } },
    { source: { brand: 'visa' } },
  ],
  [
    'as Stripe nests it',
    { payment_method_details: { type: 'card', card: { last4: '4242', funding: 'debit' } } },
    { payment_method_details: { type: 'card' } },
  ],
  ['in lists', { cards: [{ number: 1, brand: 'visa' }] }, { cards: [{ brand: 'visa' }] }],
  ['a card as a string', { card: '4242424242424242', kind: 'card' }, { kind: 'card' }],
  ['a kind of card stays', { card: 'visa' }, { card: 'visa' }],
  ['numbers that belong to no card stay', { order: { number: 17, total: 3 } }, { order: { number: 17, total: 3 } }],
  ['a fingerprint that belongs to no card stays', { fingerprint: 'abc' }, { fingerprint: 'abc' }],
  ['an object with toJSON', { order: { toJSON: () => ({ cvc: 1, total: 2 }) } }, { order: { total: 2 } }],
];

test.each(cases)('%s', (_what, given, expected) => {
  expect(withoutCardData(given)).toEqual(expected);
});

test('cycles, dates and getters that throw', () => {
  const at = new Date(0);
  const given: Record<string, unknown> = { at, total: 1 };
  given.self = given;
  Object.defineProperty(given, 'broken', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });
  expect(withoutCardData(given)).toEqual({ at, total: 1 });
});

test('never throws and never mutates its input', () => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 6 }), (given) => {
      const before = JSON.stringify(given);
      withoutCardData(given);
      expect(JSON.stringify(given)).toBe(before);
    }),
  );
});
