import { KnownDsns } from '../../lib/tunnel/known-dsns.js';
import { Origins } from '../../lib/tunnel/origins.js';
import { TokenBucket, TunnelRates } from '../../lib/tunnel/token-buckets.js';

describe('a rate per minute', () => {
  it('lets a minute at once through, then one by one', () => {
    const bucket = new TokenBucket(6, 0);
    expect(Array.from({ length: 8 }, () => bucket.take(0))).toEqual([0, 0, 0, 0, 0, 0, 10_000, 10_000]);
    expect([bucket.take(9_999) > 0, bucket.take(10_000), bucket.take(10_000)]).toEqual([true, 0, 10_000]);
  });

  it('survives a clock that is set back', () => {
    const bucket = new TokenBucket(1, 1_000_000);
    expect(bucket.take(1_000_000)).toBe(0);
    expect(bucket.take(0)).toBe(60_000);
    expect(bucket.take(60_000)).toBe(0);
  });

  test.each([
    ['203.0.113.7', '203.0.113.8', false],
    ['203.0.113.7', '::ffff:203.0.113.7', true],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['2001:db8::1', '2001:db8:0:0:5::', true],
    ['fe80::1%eth0', 'fe80::2%eth1', true],
  ])('%s and %s are one client: %s', (one, other, isSame) => {
    const rates = new TunnelRates(1, 10, 0);
    expect(rates.exceeded(one, 0)).toBeUndefined();
    expect(rates.exceeded(other, 0) !== undefined).toBe(isSame);
  });

  it('forgets clients that have not sent for long, whatever addresses come', () => {
    const rates = new TunnelRates(1, 1e9, 0);
    const send = (n: number) => rates.exceeded(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, 0);
    expect([send(0), send(0)?.rate]).toEqual([undefined, 'client_rate']);
    for (let n = 1; n <= 20_000; n++) send(n);
    expect(send(20_000)?.rate).toBe('client_rate');
    expect(send(0)).toBeUndefined();
  });
});

const own = 'https://key@o1.ingest.sentry.io/1';

test.each([
  [own, true],
  ['https://key:old-secret@o1.ingest.sentry.io/1', true],
  ['https://key@o1.ingest.sentry.io:443/1', true],
  ['HTTPS://key@O1.ingest.sentry.io/1', true],
  ['http://key@o1.ingest.sentry.io/1', false],
  ['https://key@o1.ingest.sentry.io:444/1', false],
  ['https://key@o1.ingest.sentry.io/11', false],
  ['https://key@o1.ingest.sentry.io/1/', false],
  ['https://key@o1.ingest.sentry.io/x/../1?', true],
  ['https://key@o1.ingest.sentry.io/1?a', false],
  ['https://o1.ingest.sentry.io/1', false],
  ['https://key@o1.ingest.sentry.io@evil.example/1', false],
  ['https://key@evil.example\\@o1.ingest.sentry.io/1', false],
  ['https://key@o1.ingest.sentry.io.evil.example/1', false],
  ['javascript:alert(1)', false],
  ['', false],
  [`${own}${' '.repeat(2_000)}`, false],
  [null, false],
  [{ href: own }, false],
])('DSN %j is that of the application: %s', (dsn, isKnown) => {
  expect(new KnownDsns(undefined).find(dsn, own) !== undefined).toBe(isKnown);
});

test('DSNs of front ends are known besides that of the application', () => {
  const frontEnd = 'https://front@o1.ingest.sentry.io/2';
  const dsns = new KnownDsns([frontEnd]);
  expect(dsns.find(own, own)).toEqual({});
  expect(dsns.find(frontEnd, own)).toEqual({
    url: 'https://o1.ingest.sentry.io/api/2/envelope/?sentry_version=7&sentry_key=front',
  });
  expect(new KnownDsns([frontEnd, own]).find(own, own)).toEqual({});
});

test.each([
  [{ host: 'shop.example', origin: 'https://shop.example' }, true],
  [{ host: 'shop.example:443', origin: 'https://shop.example' }, true],
  [{ host: 'shop.example:80', origin: 'https://shop.example' }, false],
  [{ host: 'shop.example', origin: 'https://shop.example:8443' }, false],
  [{ host: 'shop.example', origin: 'https://evil.example' }, false],
  [{ host: 'shop.example', origin: 'https://evil.example/shop.example' }, false],
  [{ host: 'shop.example', origin: 'null' }, false],
  [{ host: 'shop.example', origin: '' }, false],
  [{ host: 'shop.example' }, true],
  [{ host: 'shop.example', 'sec-fetch-site': 'cross-site' }, false],
  [{ ':authority': 'shop.example', origin: 'https://shop.example' }, true],
])('same origin: %j: %s', (headers, isAllowed) => {
  expect(new Origins(undefined).allows(headers as never)).toBe(isAllowed);
});
