import fc from 'fast-check';
import { visibleText } from '../../lib/cli/visible-text.js';

it('removes everything that could control the terminal', () => {
  expect(visibleText('a\u001b[31mb\u0007\u202ec\nd')).toBe('a\\u001b[31mb\\u0007\\u202ec d');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visibleText(text)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      expect(visibleText(text).length).toBeLessThanOrEqual(160);
    }),
  );
});
