import type { Tally } from '../engine/tally.js';
import type { Counting, Counts } from './condition.js';

interface Streak extends Counts {
  failures: number;
}

/** Counts failures in a row; a success ends the row. */
export function streakCounting(count: number, title: (failures: number) => string): Counting {
  const streak = (counts: Counts) => counts as Streak;
  return {
    form: 'streak',
    recoversAfter: 0,
    precision: Infinity,
    create: (): Streak => ({ failures: 0 }),
    add(counts, { row }: Tally) {
      const state = streak(counts);
      if (!row.isBroken) {
        state.failures += row.last;
        return undefined;
      }
      // The longest row is judged first, then what follows the last success.
      state.failures = Math.max(state.failures + row.first, row.longest);
      return () => {
        state.failures = row.last;
      };
    },
    holds: (counts) => streak(counts).failures >= count,
    count: (counts) => streak(counts).failures,
    title: (counts) => title(streak(counts).failures),
  };
}
