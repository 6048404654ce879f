import { missedCron } from '../../lib/alerts';
import { nextTime } from '../../lib/crontab/next-time';
import { ClockedEngine } from './clocked-engine';

const MINUTE = 60_000;
const at = (time: string) => Date.parse(time);

test.each([
  ['* * * * *', 'UTC', '2026-01-01T00:00:30Z', '2026-01-01T00:01:00Z'],
  ['*/15 * * * *', 'UTC', '2026-01-01T00:15:00Z', '2026-01-01T00:30:00Z'],
  ['30 4 * * *', 'UTC', '2026-01-01T05:00:00Z', '2026-01-02T04:30:00Z'],
  ['30 4 * * *', 'Europe/Berlin', '2026-07-01T05:00:00Z', '2026-07-02T02:30:00Z'],
  ['30 4 * * *', 'America/New_York', '2026-01-01T00:00:00Z', '2026-01-01T09:30:00Z'],
  ['0 9 * * mon-fri', 'UTC', '2026-01-02T10:00:00Z', '2026-01-05T09:00:00Z'],
  ['0 0 1 jan,jul *', 'UTC', '2026-01-01T00:00:00Z', '2026-07-01T00:00:00Z'],
  ['0 0 13 * 5', 'UTC', '2026-01-03T00:00:00Z', '2026-01-09T00:00:00Z'],
  ['0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
  ['0 0 * * 7', 'UTC', '2026-01-01T00:00:00Z', '2026-01-04T00:00:00Z'],
  ['10-20/5 8 * * *', 'UTC', '2026-01-01T08:11:00Z', '2026-01-01T08:15:00Z'],
])('%s in %s after %s is due at %s', (crontab, zone, after, expected) => {
  expect(nextTime(crontab, zone, at(after))).toBe(at(expected));
});

test.each(['', 'no crontab', '60 * * * *', '* * * *', '* * * * * *', '*/0 * * * *', '5-1 * * * *', '0 0 31 2 *'])(
  'there is no next time of %j',
  (crontab) => {
    expect(nextTime(crontab, 'UTC', at('2026-01-01T00:00:00Z'))).toBeUndefined();
  },
);

test('an unknown time zone has no times', () => {
  expect(nextTime('* * * * *', 'Mars/Olympus', 0)).toBeUndefined();
});

describe('missedCron', () => {
  const schedule = { crontab: '*/10 * * * *', timeZone: 'UTC', margin: 2 };
  let engine: ClockedEngine;
  afterEach(() => {
    engine.stop();
  });

  test('fires when a check-in is late, and recovers with the next one', async () => {
    engine = new ClockedEngine([missedCron()]);
    engine.engine.checkIn({ slug: 'cleanup', schedule });
    await engine.pass(10 * MINUTE);
    engine.engine.checkIn({ slug: 'cleanup', schedule });
    await engine.pass(12 * MINUTE - 1_000);
    expect(engine.kinds).toEqual([]);
    await engine.pass(2_000);
    expect(engine.kinds).toEqual(['fired']);
    expect(engine.sent[0]!.notification.title).toBe('Missed: cleanup');
    engine.engine.checkIn({ slug: 'cleanup', schedule });
    await engine.pass(0);
    expect(engine.kinds).toEqual(['fired', 'recovered']);
  });

  test('a job that is gone is not missed for ever: acknowledging the alert forgets its monitor', async () => {
    engine = new ClockedEngine([missedCron({ cooldown: '1m' })]);
    engine.engine.checkIn({ slug: 'old-name', schedule });
    await engine.pass(13 * MINUTE, MINUTE);
    expect(engine.kinds).toContain('fired');
    await engine.engine.acknowledge('missed-cron');
    const said = engine.kinds.length;
    await engine.pass(60 * MINUTE, MINUTE);
    expect(engine.kinds.slice(said)).toEqual(['recovered']);
    expect(engine.engine.active()).toEqual([]);
  });

  test('looks only at its monitor, and not at those without known times', async () => {
    engine = new ClockedEngine([missedCron({ monitor: 'backup-*' })]);
    engine.engine.checkIn({ slug: 'cleanup', schedule });
    engine.engine.checkIn({ slug: 'backup-interval' });
    await engine.pass(60 * MINUTE, MINUTE);
    expect(engine.kinds).toEqual([]);
    engine.engine.checkIn({ slug: 'backup-daily', schedule });
    await engine.pass(15 * MINUTE, MINUTE);
    expect(engine.kinds).toEqual(['fired']);
  });
});
