import { type ThrottleOptions } from '../options/sampling-options.js';
import { type Bucket, GroupBudgets } from './group-budgets.js';
import { SuppressedEvents, type ThrottleFacts, type ThrottleSummary } from './suppressed-events.js';
import { createCeiling } from './minute-ceiling.js';
import { readThrottleOptions } from './throttle-limits.js';

export { type ThrottleFacts, type ThrottleSummary } from './suppressed-events.js';

/**
 * Keeps each group, and the process as a whole, within a budget of events. What is over it is only counted.
 *
 * The first event that is left out opens a window for the whole process. When the window has closed, `summaries` tells
 * what was left out of each group; the next one opens with the next event left out. It has no clock: every time is
 * given, in milliseconds.
 */
export interface Throttle {
  /**
   * Whether the event of this group is sent. If not, it is counted.
   *
   * @param facts given as a function where they cost something: it is called only for an event that is left out, and
   * where it throws the event is counted without them. `first`: nothing else was left out of the group in this window.
   */
  take(key: string, now: number, facts?: ThrottleFacts | ((first: boolean) => ThrottleFacts | undefined)): boolean;
  /** What was left out in the window that has closed by `now`, each count once; empty while it is open. */
  summaries(now: number): ThrottleSummary[];
  /** What was left out so far, without waiting for the window: for the end of the process. */
  drain(): ThrottleSummary[];
  /** When the open window closes; undefined where none is open, so that no timer is needed. */
  nextDeadline(now: number): number | undefined;
}

const OFF: Throttle = {
  take: () => true,
  summaries: () => [],
  drain: () => [],
  nextDeadline: () => undefined,
};

/**
 * @param options `false` lets everything through.
 * @param at where the options stand, for error messages.
 * @throws ConfigurationError for a wrong number or duration.
 */
export function compileThrottle(options: ThrottleOptions | false | undefined, at = 'throttle'): Throttle {
  if (options === false) return OFF;
  const limits = readThrottleOptions(options ?? {}, at);
  const ceiling = createCeiling(limits.ceiling);
  let shared = new SuppressedEvents();
  let closesAt: number | undefined;

  const budgets = new GroupBudgets(limits, (key, bucket) => {
    if (bucket.leftOut) shared.absorb(key, bucket.leftOut);
  });

  const leave = (bucket: Bucket, now: number, overCeiling: boolean, given: Parameters<Throttle['take']>[2]): false => {
    closesAt ??= now + limits.window;
    const leftOut = (bucket.leftOut ??= new SuppressedEvents());
    leftOut.add(now, overCeiling, typeof given === 'function' ? ask(given, leftOut.size === 0) : given);
    return false;
  };

  const drain = (): ThrottleSummary[] => {
    closesAt = undefined;
    const left: Array<[string, SuppressedEvents]> = [];
    for (const [key, bucket] of budgets.entries()) {
      if (bucket.leftOut) left.push([key, bucket.leftOut]);
      bucket.leftOut = undefined;
    }
    left.sort(([, a], [, b]) => b.size - a.size);
    for (const [key, leftOut] of left.splice(limits.maxSummaries)) shared.absorb(key, leftOut);
    const summaries = left.map(([key, leftOut]) => leftOut.summary(key));
    if (shared.size > 0) summaries.push(shared.summary(undefined));
    shared = new SuppressedEvents();
    return summaries;
  };

  return {
    take(key, now, facts) {
      const bucket = budgets.refilled(key, now);
      if (!budgets.has(bucket)) return leave(bucket, now, false, facts);
      if (!ceiling.fits(now)) return leave(bucket, now, true, facts);
      budgets.spend(bucket);
      ceiling.note(now);
      return true;
    },
    summaries: (now) => (closesAt !== undefined && now >= closesAt ? drain() : []),
    drain,
    // A clock that was set back must not put the summaries off for longer than a window.
    nextDeadline: (now) => (closesAt === undefined ? undefined : (closesAt = Math.min(closesAt, now + limits.window))),
  };
}

function ask(facts: (first: boolean) => ThrottleFacts | undefined, first: boolean): ThrottleFacts | undefined {
  try {
    return facts(first);
  } catch {
    return undefined; // the count must be right even where nobody can say whom it concerned
  }
}
