import { nextTime } from '../../crontab/next-time.js';

const MINUTE = 60_000;
/** A timer may fire a little before its time. */
const EARLY = 1_000;
const MAX_IN_A_ROW = 20;
const MAX_MISSED = 200;

/** When a monitor should have run, as Sentry is told. */
export interface MonitorTimes {
  schedule: { crontab: string; timeZone: string } | { every: number; unit: IntervalUnit };
  /** Milliseconds that a run may be late. */
  margin: number;
}

const UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export type IntervalUnit = (typeof UNITS)[number];

export function isIntervalUnit(text: string): text is IntervalUnit {
  return (UNITS as readonly string[]).includes(text);
}

/**
 * When runs were due that did not start, oldest first: at most 20 between two runs, and 200 in all.
 *
 * @param starts - of the runs; a monitor is known from its first
 */
export function missedRuns({ schedule, margin }: MonitorTimes, starts: readonly number[], now: number): number[] {
  const next = (after: number): number | undefined =>
    'crontab' in schedule
      ? nextTime(schedule.crontab, schedule.timeZone, after + EARLY)
      : later(after, schedule.every, schedule.unit);
  const ordered = [...starts].sort((one, other) => one - other);
  const missed: number[] = [];
  for (const [index, start] of ordered.entries()) {
    const until = ordered[index + 1] ?? now;
    let due = next(start);
    for (let count = 0; count < MAX_IN_A_ROW && due !== undefined && due + margin < until; count++) {
      missed.push(due);
      if (missed.length === MAX_MISSED) return missed;
      due = next(due);
    }
  }
  return missed;
}

function later(time: number, count: number, unit: IntervalUnit): number | undefined {
  if (unit === 'month' || unit === 'year') {
    const date = new Date(time);
    date.setUTCMonth(date.getUTCMonth() + count * (unit === 'year' ? 12 : 1));
    return Number.isNaN(date.getTime()) ? undefined : date.getTime();
  }
  return time + count * { minute: 1, hour: 60, day: 1_440, week: 10_080 }[unit] * MINUTE;
}
