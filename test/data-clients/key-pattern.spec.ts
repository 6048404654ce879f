import fc from 'fast-check';
import { keyPattern } from '../../lib/integrations/redis/key-pattern';

const UUID = '550e8400-e29b-41d4-a716-446655440000';

test.each([
  ['user:42', 'user:*'],
  ['user:42:cart', 'user:*:cart'],
  [`session:${UUID}`, 'session:*'],
  [`session:${UUID.replaceAll('-', '')}`, 'session:*'],
  ['page:9f86d081884c7d65', 'page:*'],
  ['{user:42}:cart', '{user:*}:cart'],
  ['/orders/42?page=7', '/orders/*?page=*'],
  ['https://api.example.com/v1/items/9', 'https://api.example.com/v1/items/*'],
  ['user42', 'user*'],
  ['order-2024-17', 'order-*'],
  ['report:2024-01-31', 'report:*'],
  ['login:bob@example.com', 'login:*'],
  ['sess:V1StGXR8_Z5jdHi6B-myT', 'sess:*'],
  ['charge:ch_3MqLiJ2eZvKYlo2C', 'charge:*'],
  ['bull:mail:id', 'bull:mail:id'],
  ['cache:v2:feature-flags', 'cache:v2:feature-flags'],
  ['oauth2:clients', 'oauth2:clients'],
  ['rate_limit:10.0.0.1', 'rate_limit:*'],
  ['42', '*'],
  ['', ''],
  ['::::', '::::'],
])('%s becomes %s', (key, pattern) => {
  expect(keyPattern(key)).toBe(pattern);
});

test('never throws, and keeps no number, whatever the key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (key) => {
      expect(keyPattern(key).length).toBeLessThanOrEqual(201);
    }),
  );
  fc.assert(
    fc.property(fc.nat(), fc.uuid(), (id, uuid) => {
      expect(keyPattern(`a:${id}:${uuid}:b`)).toBe('a:*:*:b');
    }),
  );
});

test('a hostile key takes no longer than its bounded part', () => {
  const hostile = [
    '-'.repeat(1e6),
    '1a'.repeat(5e5),
    ':'.repeat(1e6),
    '*-'.repeat(5e5),
    '@'.repeat(1e6),
    ' '.repeat(1e6),
  ];
  const startedAt = performance.now();
  for (let round = 0; round < 100; round++) for (const key of hostile) keyPattern(key);
  expect(performance.now() - startedAt).toBeLessThan(500);
});

test('nothing of 100,000 distinct keys, or of large ones, is kept', () => {
  const { gc } = globalThis as { gc?: () => void };
  const before = heap(gc);
  const patterns = new Set<string>();
  for (let n = 0; n < 100_000; n++) patterns.add(keyPattern(`user:${n}:cart:${n}`));
  const kept: string[] = [];
  for (let n = 0; n < 100; n++) kept.push(keyPattern(`${'name:'.repeat(200_000)}${n}`));
  expect([...patterns]).toEqual(['user:*:cart:*']);
  expect(kept).toHaveLength(100);
  expect(heap(gc) - before).toBeLessThan(20e6);
});

function heap(gc?: () => void): number {
  gc?.();
  return process.memoryUsage().heapUsed;
}
