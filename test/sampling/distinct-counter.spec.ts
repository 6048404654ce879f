import * as fc from 'fast-check';
import { DistinctCounter } from '../../lib/sampling/distinct-counter.js';

const filled = (values: Iterable<string>): DistinctCounter => {
  const counter = new DistinctCounter();
  for (const value of values) counter.add(value);
  return counter;
};
const names = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `user-${index + from}`);

describe('the distinct counter', () => {
  test('is exact up to 64 values, however often they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 63 }).map(String)), (values) => {
        expect(filled(values).count()).toBe(new Set(values).size);
      }),
    );
  });

  test.each([100, 1_000, 2_600, 10_000, 200_000])('is less than 10 percent off for %d', (count) => {
    expect(Math.abs(filled(names(count)).count() / count - 1)).toBeLessThan(0.1);
  });

  test.each([
    [10, 20],
    [10, 5_000],
    [5_000, 10],
    [3_000, 4_000],
  ])('merging %d and %d is as counting both', (left, right) => {
    const merged = filled(names(left));
    merged.merge(filled(names(right, 5)));
    expect(merged.count()).toBe(filled([...names(left), ...names(right, 5)]).count());
  });
});
