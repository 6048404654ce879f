import { ConfigurationError } from '../../lib/options/configuration-error';
import { Monitor, monitorOptionsOf } from '../../lib/integrations/schedule/monitor.decorator';
import { limitsOf, type MonitorOptions, type ScheduleOptions } from '../../lib/integrations/schedule/schedule-options';
import { SentryScheduleModule } from '../../lib/integrations/schedule/sentry-schedule.module';

test.each([
  ['an unknown option', { monitor: true }, 'schedule.monitor: received true; expected one of the known options'],
  [
    'a wrong switch',
    { monitors: 'no' },
    'schedule.monitors: received "no"; expected an object with any of checkinMargin',
  ],
  ['a margin without unit', { monitors: { checkinMargin: '5' } }, 'schedule.monitors.checkinMargin: received "5"'],
  ['a runtime of 0', { monitors: { maxRuntime: 0 } }, 'expected a duration of at most 7 days'],
  ['a runtime of 8 days', { monitors: { maxRuntime: '8d' } }, 'expected a duration of at most 7 days'],
  ['a threshold of 0', { monitors: { recoveryThreshold: 0 } }, 'expected a whole number from 1 to 720'],
  ['a slug for all', { monitors: { slug: 'all' } }, 'schedule.monitors.slug: received "all"'],
])('%s is refused', (_name, options, message) => {
  const forRoot = () => SentryScheduleModule.forRoot(options as ScheduleOptions);
  expect(forRoot).toThrow(ConfigurationError);
  expect(forRoot).toThrow(message);
});

const decorate = (options: MonitorOptions | false) => {
  class Reports {
    @Monitor(options)
    nightly() {}
  }
  return monitorOptionsOf(new Reports(), 'nightly');
};

test.each([
  ['a slug with capitals', { slug: 'Nightly' }, '@Monitor on Reports.nightly.slug: received "Nightly"'],
  ['a slug of digits', { slug: '4711' }, 'not only digits'],
  ['six fields', { schedule: '0 30 4 * * *' }, 'expected a crontab expression with five fields'],
  ['fields that mean nothing', { schedule: '99 * * * *' }, 'expected a crontab expression with five fields'],
  ['an unknown zone', { timezone: 'Mars/Olympus' }, 'expected the name of a time zone'],
  ['an offset', { timezone: '+05:30' }, 'expected the name of a time zone'],
])('@Monitor refuses %s', (_name, options, message) => {
  expect(() => decorate(options)).toThrow(ConfigurationError);
  expect(() => decorate(options)).toThrow(message);
});

test('@Monitor without parentheses is refused', () => {
  expect(() => (Monitor as any)(Object.prototype, 'nightly', {})).toThrow('add the parentheses');
});

test('@Monitor keeps its options, and false', () => {
  expect(decorate({ slug: 'nightly', timezone: 'Europe/Berlin' })).toEqual({
    slug: 'nightly',
    timezone: 'Europe/Berlin',
  });
  expect(decorate(false)).toBe(false);
});

test('durations become minutes, rounded up', () => {
  expect(limitsOf({ checkinMargin: 1, maxRuntime: '90s', failureIssueThreshold: 3 })).toEqual({
    checkinMargin: 1,
    maxRuntime: 2,
    failureIssueThreshold: 3,
  });
  expect(limitsOf({ checkinMargin: '28d', maxRuntime: '7d' })).toEqual({ checkinMargin: 40_320, maxRuntime: 10_080 });
});
