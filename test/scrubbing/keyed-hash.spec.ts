import { createHmac } from 'node:crypto';
import { KeyedHash } from '../../lib/scrubbing/cache/keyed-hash.js';

const texts = [
  '',
  'email kim@shop.example',
  'email кім@example.test',
  'x'.repeat(341),
  'x'.repeat(342),
  '€'.repeat(5000),
  '\ud800',
];

describe.each(['', 'k', 'a key of ordinary length', 'k'.repeat(64), 'k'.repeat(65), '€'.repeat(100)])(
  'with the key %j',
  (key) => {
    const hash = new KeyedHash(Buffer.from(key));

    it('is HMAC-SHA256, also of a short text after a long one', () => {
      for (const text of [...texts, ...texts.toReversed()])
        expect(hash.of(text)).toBe(createHmac('sha256', Buffer.from(key)).update(text).digest('hex'));
    });
  },
);
