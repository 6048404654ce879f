import { missedOf } from '../../lib/inbox/monitors/missed-query.js';
import { missedRuns } from '../../lib/inbox/monitors/missed-runs.js';

const at = (time: string) => Date.parse(`2026-01-${time}Z`);
const margin = 60_000;
const nightly = { schedule: { crontab: '0 3 * * *', timeZone: 'Europe/Berlin' }, margin };

test('a run is missed once its margin is over', () => {
  const starts = [at('01T02:00:00.010')];
  expect(missedRuns(nightly, starts, at('02T02:01:00'))).toEqual([]);
  expect(missedRuns(nightly, starts, at('02T02:01:01'))).toEqual([at('02T02:00:00')]);
});

test('what was missed is still known after the next run, also if that one is late', () => {
  const starts = [at('04T02:05:00'), at('01T02:00:00')];
  const missed = [at('02T02:00:00'), at('03T02:00:00'), at('04T02:00:00')];
  expect(missedRuns(nightly, starts, at('04T12:00:00'))).toEqual(missed);
});

test('a timer that fires a little early is not a missed run', () => {
  expect(missedRuns(nightly, [at('01T01:59:59.500')], at('01T12:00:00'))).toEqual([]);
});

test.each([
  [10, 'minute', '01T00:10:00'],
  [2, 'hour', '01T02:00:00'],
  [1, 'day', '02T00:00:00'],
  [2, 'week', '15T00:00:00'],
] as const)('every %i %s counts from the last run', (every, unit, due) => {
  const times = { schedule: { every, unit }, margin };
  const start = at('01T00:00:00');
  expect(missedRuns(times, [start], at(due) + margin)).toEqual([]);
  expect(missedRuns(times, [start], at(due) + margin + 1)).toEqual([at(due)]);
});

test('every month and every year are those of the calendar', () => {
  const now = at('01T00:00:00');
  const start = Date.parse('2024-02-01T00:00:00Z');
  expect(missedRuns({ schedule: { every: 1, unit: 'year' }, margin }, [start], now)).toEqual([
    Date.parse('2025-02-01T00:00:00Z'),
  ]);
  expect(missedRuns({ schedule: { every: 6, unit: 'month' }, margin }, [start], now)).toHaveLength(3);
});

test('a job that is gone is missed twenty times, and what is never due is not missed', () => {
  const eachMinute = { schedule: { crontab: '* * * * *', timeZone: 'UTC' }, margin };
  expect(missedRuns(eachMinute, [at('01T00:00:00')], at('31T00:00:00'))).toHaveLength(20);
  const starts = Array.from({ length: 100 }, (_, day) => at('01T00:00:00') - day * 86_400_000);
  expect(missedRuns(eachMinute, starts, at('31T00:00:00'))).toHaveLength(200);
  const never = { schedule: { crontab: '0 0 30 2 *', timeZone: 'UTC' }, margin };
  expect(missedRuns(never, [at('01T00:00:00')], at('31T00:00:00'))).toEqual([]);
});

test.each([
  ['starts=', 'starts'],
  ['starts=1,x', 'starts'],
  [`starts=${'1,'.repeat(100)}1`, 'starts'],
  ['starts=1', 'expected crontab'],
  ['starts=1&every=0&unit=day', 'expected crontab'],
  ['starts=1&every=1&unit=constructor', 'expected crontab'],
])('the query %s is refused', (query, problem) => {
  expect(() => missedOf(new URLSearchParams(query), 0)).toThrow(problem);
});

test('a query without margin and time zone has those of Sentry: a minute, and UTC', () => {
  const starts = String(at('01T03:00:00'));
  const query = new URLSearchParams({ crontab: '0 3 * * *', timezone: '', margin: '', starts });
  expect(missedOf(query, at('02T03:01:00'))).toEqual([]);
  expect(missedOf(query, at('02T03:01:01'))).toEqual([at('02T03:00:00')]);
  query.set('margin', '30');
  expect(missedOf(query, at('02T03:29:00'))).toEqual([]);
});
