import * as fc from 'fast-check';
import { DISTINCT_LIMIT, DistinctCounter } from '../../lib/sampling/distinct-counter.js';

const filled = (values: Iterable<string>): DistinctCounter => {
  const counter = new DistinctCounter();
  for (const value of values) counter.add(value);
  return counter;
};
const names = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `user-${index + from}`);

describe('the distinct counter', () => {
  test('is exact below the limit, however often values repeat', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }).map(String)), (values) => {
        expect(filled(values).count()).toBe(new Set(values).size);
      }),
    );
  });

  test.each([
    [999, 999],
    [1_000, DISTINCT_LIMIT],
    [1_001, DISTINCT_LIMIT],
    [200_000, DISTINCT_LIMIT],
  ])('counts %d distinct values as %d', (distinct, count) => {
    expect(filled(names(distinct)).count()).toBe(count);
  });

  test.each([
    [10, 20, 25],
    [10, 5_000, DISTINCT_LIMIT],
    [5_000, 10, DISTINCT_LIMIT],
    [600, 600, 605],
    [600, 0, 600],
  ])('merging %d and %d values, which overlap, counts %d', (left, right, count) => {
    const merged = filled(names(left));
    merged.merge(filled(names(right, 5)));
    expect(merged.count()).toBe(count);
  });
});
