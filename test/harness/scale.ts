import type { Lane, Platform } from './app-process';

/**
 * `npm run test:full` sets TEST_SCALE=full: every combination of lane, platform and transport, and long runs.
 * `npm test` runs a part in which each of them occurs.
 */
export const isFull = process.env.TEST_SCALE === 'full';

/** All rows at full scale, otherwise those that `isRepresentative` picks. */
export function representative<T>(rows: readonly T[], isRepresentative: (row: T, index: number) => boolean): T[] {
  return isFull ? [...rows] : rows.filter(isRepresentative);
}

/** All rows for the first of several combinations, every third for the others; all rows for each at full scale. */
export function thinned<T>(rows: readonly T[], isFirst: boolean): T[] {
  return isFirst ? [...rows] : representative(rows, (_row, at) => at % 3 === 0);
}

/**
 * For a spec that starts many processes, where both lanes run the same code of this library: one lane, both at full
 * scale.
 */
export const mainly = (lane: Lane): Lane[] => representative<Lane>(['11', '12'], (each) => each === lane);

/** A test of a variation, which only `npm run test:full` runs: `npm test` has another of the same behaviour. */
export const variation = Object.assign(
  (name: string, run: jest.ProvidesCallback): void => {
    if (isFull) test(name, run);
  },
  {
    concurrent: (name: string, run: () => Promise<void>): void => {
      if (isFull) test.concurrent(name, run);
    },
  },
);

/** How many users or clients act at once where a test shows that they are isolated. */
export const CONCURRENT = isFull ? 100 : 25;

const all: [Lane, Platform][] = [
  ['11', 'express'],
  ['11', 'fastify'],
  ['12', 'express'],
  ['12', 'fastify'],
];

/** Both lanes and both platforms; all four combinations at full scale. */
export const lanesAndPlatforms = representative(
  all,
  ([lane, platform]) => (lane === '11') === (platform === 'express'),
);
