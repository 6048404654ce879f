import { HttpProblem } from '../../envelopes/http-problem.js';
import { isIntervalUnit, missedRuns, type MonitorTimes } from './missed-runs.js';

/** Runs that the page shows; for more, the time would be noticed. */
const MAX_RUNS = 100;
const MINUTE = 60_000;

/**
 * Answers `GET /api/missed-runs?crontab=0 3 * * *&timezone=UTC&margin=1&starts=1767236400000,…`, or with
 * `every=10&unit=minute` in place of the crontab: when runs were due that did not start, in milliseconds.
 *
 * @throws {HttpProblem} 400 if a parameter cannot be read
 */
export function missedOf(parameters: URLSearchParams, now: number): number[] {
  const starts = (parameters.get('starts') ?? '').split(',').map(Number);
  if (starts.length > MAX_RUNS || !starts.every(isTime))
    throw new HttpProblem(400, `starts: expected 1 to ${MAX_RUNS} times in milliseconds`);
  return missedRuns(timesOf(parameters), starts, now);
}

function timesOf(parameters: URLSearchParams): MonitorTimes {
  const number = (name: string): number => Number(parameters.get(name));
  const margin = Math.max(1, number('margin') || 1) * MINUTE;
  const crontab = parameters.get('crontab');
  if (crontab !== null) return { schedule: { crontab, timeZone: parameters.get('timezone') || 'UTC' }, margin };
  const [every, unit] = [number('every'), parameters.get('unit') ?? ''];
  if (!Number.isSafeInteger(every) || every < 1 || !isIntervalUnit(unit))
    throw new HttpProblem(400, 'expected crontab, or every and unit, for example every=10&unit=minute');
  return { schedule: { every, unit }, margin };
}

function isTime(time: number): boolean {
  return time > 0 && Number.isFinite(new Date(time).getTime());
}
