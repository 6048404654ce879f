import type { Tally } from '../engine/tally.js';
import type { Counting, Counts } from './condition.js';

/** Buckets of a window: it is exact to a sixtieth. */
const BUCKETS = 60;

/** A ring of buckets, and their sums. `at` is the number of the current bucket since 1970. */
interface Window extends Counts {
  at: number;
  total: number[];
  bad: number[];
  totalSum: number;
  badSum: number;
}

/** What a rule with a window decides by the sums of its window. */
export interface WindowRule {
  /** Milliseconds. */
  readonly within: number;
  readonly holds: (bad: number, total: number) => boolean;
  readonly title: (bad: number, total: number) => string;
}

/** Counts within a sliding window, in constant time and memory. */
export function windowCounting({ within, holds, title }: WindowRule): Counting {
  const width = within / BUCKETS;
  const current = (counts: Counts, now: number): Window => advance(counts as Window, Math.floor(now / width));
  return {
    form: `window ${within}`,
    recoversAfter: within,
    precision: width,
    create: (): Window => ({ at: 0, total: zeros(), bad: zeros(), totalSum: 0, badSum: 0 }),
    add(counts, { total, bad }: Tally, now) {
      const window = current(counts, now);
      const slot = window.at % BUCKETS;
      window.total[slot] = (window.total[slot] ?? 0) + total;
      window.bad[slot] = (window.bad[slot] ?? 0) + bad;
      window.totalSum += total;
      window.badSum += bad;
      return undefined;
    },
    holds(counts, now) {
      const { badSum, totalSum } = current(counts, now);
      return holds(badSum, totalSum);
    },
    count: (counts, now) => current(counts, now).badSum,
    title(counts, now) {
      const { badSum, totalSum } = current(counts, now);
      return title(badSum, totalSum);
    },
  };
}

/**
 * Empties the buckets between the current one and that of the time. A clock that was set back by less than the window
 * changes nothing; by more, the window begins anew.
 */
function advance(window: Window, to: number): Window {
  if (to <= window.at && window.at - to <= BUCKETS) return window;
  const passed = to < window.at ? BUCKETS : Math.min(to - window.at, BUCKETS);
  for (let at = to - passed + 1; at <= to; at++) {
    const slot = at % BUCKETS;
    window.totalSum -= window.total[slot] ?? 0;
    window.badSum -= window.bad[slot] ?? 0;
    window.total[slot] = 0;
    window.bad[slot] = 0;
  }
  window.at = to;
  return window;
}

function zeros(): number[] {
  return new Array<number>(BUCKETS).fill(0);
}
