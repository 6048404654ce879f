import * as fc from 'fast-check';
import { normalizeMessage, pathPattern, transactionPattern } from '../../lib/grouping/index.js';
import { isFull } from '../harness/scale';

const LENGTH = isFull ? 1_000_000 : 200_000;

/** Parts of messages: words, values, and the characters that values begin and end with. */
const piece = fc.oneof(
  fc.constantFrom(
    ' ',
    ': ',
    "'",
    '"',
    '`',
    '/',
    '//',
    '.',
    ',',
    '-',
    '_',
    '@',
    '<',
    '>',
    '<n>',
    '<id>',
    '://',
    '?',
    '#',
    '(',
    ')',
    '+',
    ':',
  ),
  fc.constantFrom(
    'User',
    'not',
    'id',
    'http',
    'a',
    'b.com',
    'Mon',
    'Jan',
    'T',
    'Z',
    'deadbeefdeadbeef',
    '0x',
    'e',
    'x@y.org',
  ),
  fc.constantFrom(
    '1',
    '12',
    '2024-01-02',
    'T10:20:30Z',
    '10.0.0.1',
    'v1',
    'ch_3Mq',
    'abc12DEF',
    '/u/7',
    ':8080',
    '%20',
  ),
  fc.string({ maxLength: 4 }),
);
const message = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''));

describe('normalizeMessage', () => {
  test.each([
    ['Order 42 not found', 'Order <n> not found'],
    ['Order #42, item -3: 1,234.50 EUR (12%)', 'Order #<n>, item -<n>: <n> EUR (<n>%)'],
    ['took 1.5s, not 12ms', 'took <n>s, not <n>ms'],
    ['User \'bob\' is not "admin" in `shop`', 'User \'<value>\' is not "<value>" in `<value>`'],
    ["Can't find the user's cart", "Can't find the user's cart"],
    ['User 0b2e6c1e-5f0d-4f5c-9d0a-2f1b8f6f7a10 is gone', 'User <uuid> is gone'],
    ['Commit 9fceb02d0ae598e95dc970b74767f19372d61af8', 'Commit <hash>'],
    ['Document 507f1f77bcf86cd799439011', 'Document <hash>'],
    ['No such customer: cus_9s6XKzkNRiz8i3', 'No such customer: cus_<id>'],
    ['Session V1StGXR8 expired', 'Session <id> expired'],
    ['user42 is locked', 'user<n> is locked'],
    ['Mail to bob.smith+x@example.co.uk failed', 'Mail to <email> failed'],
    ['Mail to <bob@example.com> failed', 'Mail to <<email>> failed'],
    ['Expired at 2024-01-02T03:04:05.678Z', 'Expired at <date>'],
    ['Expired on 2024-01-02', 'Expired on <date>'],
    ['Expired at Tue Jan 02 2024 03:04:05 GMT+0000 (Coordinated Universal Time)', 'Expired at <date>'],
    ['connect ECONNREFUSED 10.0.0.7:5432', 'connect ECONNREFUSED <ip>'],
    ['Cannot GET /u/1', 'Cannot GET /u/:id'],
    ['Cannot GET /u/1/posts/abc?page=2.', 'Cannot GET /u/:id/posts/abc.'],
    [
      'GET https://bob:pw@api.Stripe.com:8443/v1/charges/ch_1?x=2 failed',
      'GET https://api.stripe.com/v1/charges/:id failed',
    ],
    ['lodash@4.17.21', 'lodash@<n>'],
    ['x1://.:8080', '<value>'],
    ['Nothing varies here', 'Nothing varies here'],
    ['', ''],
  ])('%s', (given, expected) => {
    expect(normalizeMessage(given)).toBe(expected);
  });

  test('is idempotent', () => {
    fc.assert(
      fc.property(message, (text) => {
        const once = normalizeMessage(text);
        expect(normalizeMessage(once)).toBe(once);
      }),
      { numRuns: 5_000 },
    );
  });

  test('normalizes messages that differ in an id, number, UUID, hash, e-mail, date or quoted value to one text', () => {
    const templates = fc.constantFrom(
      'User % not found',
      'Order %: failed',
      'no row (%) in orders',
      '% is locked',
      'last: %',
    );
    const kinds: Array<fc.Arbitrary<string>> = [
      fc.nat().map(String),
      fc.uuid(),
      fc.tuple(fc.stringMatching(/^[0-9a-f]{30}$/)).map(([hex]) => `a1${hex}`),
      fc.emailAddress({ size: 'small' }).filter((address) => /^[\w.+-]+@/.test(address)),
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2200-01-01') }).map((date) => date.toISOString()),
      fc.string().map((value) => `"${value.replaceAll('"', '')}"`),
      fc.stringMatching(/^\/u\/[1-9]\d{0,8}$/),
      fc.stringMatching(/^cus_\d[A-Za-z0-9]{5,20}$/),
    ];
    for (const kind of kinds) {
      fc.assert(
        fc.property(templates, kind, kind, (template, one, other) => {
          const [left, right] = [one, other].map((value) => normalizeMessage(template.replace('%', () => value)));
          expect(left).toBe(right);
        }),
      );
    }
  });

  test.each([
    '"',
    "'",
    '`',
    '/',
    '/a',
    'a@',
    '@',
    '1.',
    '1,',
    'a.a',
    '-',
    '(',
    '<',
    '1-1',
    'http:/',
    'http://',
    '10.',
    '“',
    '\\"',
    ':1',
    'a1_',
    'Mon, ',
  ])('reads a long text of %s in a few passes', (unit) => {
    const text = unit.repeat(Math.floor(LENGTH / unit.length)) + '1';
    // A quadratic pattern would need hours: jest's time-out would report it.
    expect(typeof normalizeMessage(text)).toBe('string');
  });
});

describe('pathPattern', () => {
  test.each([
    ['/charges/ch_3MqLiJ/refunds/7?x=1#y', '/charges/:id/refunds/:id'],
    ['/u/1', '/u/:id'],
    ['/u/1/', '/u/:id'],
    ['/users/0b2e6c1e-5f0d-4f5c-9d0a-2f1b8f6f7a10', '/users/:id'],
    ['/docs/507f1f77bcf86cd799439011', '/docs/:id'],
    ['/users/bob@example.com/orders', '/users/:id/orders'],
    ['/reports/2024-01-02', '/reports/:id'],
    ['/api/v1/oauth2/token', '/api/v1/oauth2/token'],
    ['/login/2fa', '/login/2fa'],
    ['/orders/:orderId/items/{item}', '/orders/:orderId/items/{item}'],
    ['https://api.stripe.com/v1/charges/ch_1', '/v1/charges/:id'],
    ['https://api.stripe.com', '/'],
    ['/', '/'],
    ['', '/'],
    ['//a//b', '/a/b'],
  ])('%s is %s', (given, expected) => {
    expect(pathPattern(given)).toBe(expected);
  });

  test('is idempotent and keeps the number of segments', () => {
    fc.assert(
      fc.property(fc.webPath(), (path) => {
        const once = pathPattern(path);
        expect(pathPattern(once)).toBe(once);
        expect(once.split('/').filter(Boolean)).toHaveLength(path.split('/').filter(Boolean).length);
      }),
    );
  });

  test.each([
    ['GET /u/1', 'GET /u/:id'],
    ['/u/1', '/u/:id'],
    ['job mail welcome', 'job mail welcome'],
    ['job a/1', 'job a/1'],
  ])('of the transaction %s is %s', (given, expected) => {
    expect(transactionPattern(given)).toBe(expected);
  });
});
