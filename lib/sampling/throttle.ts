import { type ThrottleOptions } from '../options/sampling-options.js';
import { type Bucket, GroupBudgets } from './group-budgets.js';
import { SuppressedEvents, type ThrottleFacts, type ThrottleSummary } from './suppressed-events.js';
import { createCeiling } from './minute-ceiling.js';
import { readThrottleOptions } from './throttle-limits.js';

export { type ThrottleFacts, type ThrottleSummary } from './suppressed-events.js';

/**
 * Limits the events of each group, and of the whole process. Events above the limits are only counted.
 *
 * The first suppressed event opens a window for the whole process. Once the window has closed, `summaries` returns the
 * suppressed events of each group; the next suppressed event opens the next window. There is no clock: every time is a
 * parameter, in milliseconds.
 */
export interface Throttle {
  /**
   * Returns whether an event of this group may be sent. If not, it is counted.
   *
   * @param facts pass a function if they are expensive: it is called for suppressed events only; if it throws, the event
   * is counted without facts. `first` is true for the first suppressed event of the group in this window
   */
  take(key: string, now: number, facts?: ThrottleFacts | ((first: boolean) => ThrottleFacts | undefined)): boolean;
  /** The suppressed events of the window that has closed by `now`, returned once; empty while the window is open. */
  summaries(now: number): ThrottleSummary[];
  /** The suppressed events so far, without waiting for the window to close: for the end of the process. */
  drain(): ThrottleSummary[];
  /** When the open window closes; undefined if none is open, so that no timer is needed. */
  nextDeadline(now: number): number | undefined;
}

const DISABLED: Throttle = {
  take: () => true,
  summaries: () => [],
  drain: () => [],
  nextDeadline: () => undefined,
};

/**
 * @param options `false` sends everything
 * @param at path of the options, for error messages
 * @throws ConfigurationError for a wrong number or duration
 */
export function compileThrottle(options: ThrottleOptions | false | undefined, at = 'throttle'): Throttle {
  if (options === false) return DISABLED;
  const limits = readThrottleOptions(options ?? {}, at);
  const ceiling = createCeiling(limits.ceiling);
  let shared = new SuppressedEvents();
  let closesAt: number | undefined;

  const budgets = new GroupBudgets(limits, (key, bucket) => {
    if (bucket.suppressed) shared.absorb(key, bucket.suppressed);
  });

  const suppress = (
    bucket: Bucket,
    now: number,
    overCeiling: boolean,
    facts: Parameters<Throttle['take']>[2],
  ): false => {
    closesAt ??= now + limits.window;
    const suppressed = (bucket.suppressed ??= new SuppressedEvents());
    suppressed.add(now, overCeiling, typeof facts === 'function' ? factsOf(facts, suppressed.size === 0) : facts);
    return false;
  };

  const drain = (): ThrottleSummary[] => {
    closesAt = undefined;
    const left: Array<[string, SuppressedEvents]> = [];
    for (const [key, bucket] of budgets.entries()) {
      if (bucket.suppressed) left.push([key, bucket.suppressed]);
      bucket.suppressed = undefined;
    }
    left.sort(([, a], [, b]) => b.size - a.size);
    for (const [key, suppressed] of left.splice(limits.maxSummaries)) shared.absorb(key, suppressed);
    const summaries = left.map(([key, suppressed]) => suppressed.summary(key));
    if (shared.size > 0) summaries.push(shared.summary(undefined));
    shared = new SuppressedEvents();
    return summaries;
  };

  return {
    take(key, now, facts) {
      const bucket = budgets.refilled(key, now);
      if (!budgets.has(bucket)) return suppress(bucket, now, false, facts);
      if (!ceiling.fits(now)) return suppress(bucket, now, true, facts);
      budgets.spend(bucket);
      ceiling.record(now);
      return true;
    },
    summaries: (now) => (closesAt !== undefined && now >= closesAt ? drain() : []),
    drain,
    // A clock that was set back must not delay the summaries for longer than a window.
    nextDeadline: (now) => (closesAt === undefined ? undefined : (closesAt = Math.min(closesAt, now + limits.window))),
  };
}

function factsOf(facts: (first: boolean) => ThrottleFacts | undefined, first: boolean): ThrottleFacts | undefined {
  try {
    return facts(first);
  } catch {
    return undefined; // the count must be right even without facts
  }
}
