import type { AlertRule, MissedCronOptions } from '../../options/alert-options.js';
import { buildRule } from './build-rule.js';
import { match } from './checks.js';
import type { Counting, Counts } from './condition.js';
import { nextTime } from '../../crontab/next-time.js';
import { compileMatch } from './filter.js';
import type { RuleKind } from './rule-kind.js';

/** Monitors that are followed. */
const MAX_MONITORS = 200;
const MINUTE = 60_000;

interface Monitors extends Counts {
  /** When each monitor must have checked in, by its slug: milliseconds. */
  due: Record<string, number>;
}

function monitorCounting(): Counting {
  const dueOf = (counts: Counts) => (counts as Monitors).due;
  const missed = (counts: Counts, now: number) =>
    Object.keys(dueOf(counts)).filter((slug) => (dueOf(counts)[slug] ?? 0) < now);
  return {
    form: 'monitors',
    recoversAfter: 0,
    precision: MINUTE,
    create: (): Monitors => ({ due: {} }),
    add(counts, { checkIns }, now) {
      const due = dueOf(counts);
      for (const { slug, schedule } of checkIns) {
        const next = schedule && nextTime(schedule.crontab, schedule.timeZone, now);
        if (next === undefined) continue;
        if (!Object.hasOwn(due, slug) && Object.keys(due).length >= MAX_MONITORS) continue;
        due[slug] = next + Math.max(1, schedule?.margin ?? 1) * MINUTE;
      }
      return undefined;
    },
    holds: (counts, now) => missed(counts, now).length > 0,
    count: (counts, now) => missed(counts, now).length,
    title: (counts, now) => `Missed: ${missed(counts, now).join(', ') || 'no monitor'}`,
    // A job that does not exist any more is not missed for ever; any other monitor is back with its next check-in.
    acknowledge(counts, now) {
      for (const slug of missed(counts, now)) Reflect.deleteProperty(dueOf(counts), slug);
    },
    due: (counts) => Math.min(Infinity, ...Object.values(dueOf(counts))) + 1,
  };
}

export const missedCronKind: RuleKind<'missedCron'> = {
  kind: 'missedCron',
  defaultName: 'missed-cron',
  options: { monitor: match },
  required: [],
  where: ['environment'],
  compile({ monitor }) {
    const matches = monitor === undefined ? undefined : compileMatch(monitor);
    return {
      counting: monitorCounting(),
      checkIn(checkIn, tally) {
        if (!matches || matches(checkIn.slug)) tally.addCheckIn(checkIn);
      },
    };
  },
};

/**
 * Fires when a job with a cron monitor has not begun when it was due. A monitor is known once it has checked in for the
 * first time; with a Redis store, in any process.
 *
 * @throws ConfigurationError - if an option is unknown or has a wrong value
 * @example
 * ```ts
 * import { missedCron } from 'nestjs-error-tracker/alerts';
 *
 * missedCron({ monitor: 'nightly-reports' });
 * ```
 */
export function missedCron(options: MissedCronOptions = {}): AlertRule {
  return buildRule(missedCronKind, options);
}
