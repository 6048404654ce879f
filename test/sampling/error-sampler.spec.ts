import * as fc from 'fast-check';
import { ConfigurationError } from '../../lib/options/configuration-error.js';
import { compileErrorSampler, isSampled } from '../../lib/sampling/index.js';

class CacheError extends Error {}
class CacheMiss extends CacheError {}

describe('the error sampler', () => {
  const sampler = compileErrorSampler([
    { type: CacheError, level: ['warning', 'info'], rate: 0.1 },
    { type: 'CacheError', rate: 0.2 },
    { type: /^Range/, rate: 0.3 },
    { when: (error) => error === 'odd', rate: 0.4 },
    { type: SyntaxError, rate: 0.5, unhandled: true },
  ]);

  test.each([
    [new CacheMiss(), 'warning', 0.1],
    [new CacheMiss(), 'error', 0.2],
    [new RangeError(), undefined, 0.3],
    ['odd', undefined, 0.4],
    [new SyntaxError(), undefined, 0.5],
    [new TypeError(), undefined, 1],
    [null, undefined, 1],
  ])('%p at level %p: %d', (error, level, rate) => {
    expect(sampler({ error, level, unhandled: false })).toBe(rate);
  });

  test('keeps every unhandled error, unless the rule says otherwise', () => {
    expect(sampler({ error: new CacheMiss(), level: 'info', unhandled: true })).toBe(1);
    expect(sampler({ error: new SyntaxError(), unhandled: true })).toBe(0.5);
  });

  test('skips a condition that throws, and reports its path', () => {
    const faults: unknown[] = [];
    const hostile = new Proxy({}, { getPrototypeOf: () => { throw new Error('no'); } }); // prettier-ignore
    const careful = compileErrorSampler(
      [{ when: () => { throw new Error('rule'); }, rate: 0 }, { type: CacheError, rate: 0 }], // prettier-ignore
      (where, fault) => faults.push(where, (fault as Error).message),
    );
    expect(careful({ error: hostile, unhandled: false })).toBe(1);
    expect(faults).toEqual(['sampling.errors[0]', 'rule', 'sampling.errors[1]', 'no']);
  });

  test.each([
    [{ rate: -1 }, 'sampling.errors[0].rate'],
    [{ rate: 1, type: 5 as unknown as string }, 'sampling.errors[0].type'],
    [{ rate: 1, level: [] as string[], when: 'x' as never }, 'sampling.errors[0].when'],
  ])('refuses %j', (rule, path) => {
    expect(() => compileErrorSampler([rule])).toThrow(ConfigurationError);
    expect(() => compileErrorSampler([rule])).toThrow(path);
  });
});

describe('isSampled', () => {
  test('does not draw for rates of 0 and 1', () => {
    const draw = (): number => {
      throw new Error('drawn');
    };
    expect([
      isSampled(1, draw),
      isSampled(2, draw),
      isSampled(0, draw),
      isSampled(-1, draw),
      isSampled(NaN, draw),
    ]).toEqual([true, true, false, false, true]);
  });

  test('keeps draws below the rate', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
    fc.assert(
      fc.property(unit, unit, (rate, drawn) => {
        expect(isSampled(rate, () => drawn)).toBe(drawn < rate);
      }),
    );
  });
});
