import * as fc from 'fast-check';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { laneFolder } from '../harness/app-process';
import { toCrontab } from '../../lib/integrations/schedule/crontab';

/** The real package, which reads the expressions of `@Cron`. */
const { CronTime } = createRequire(join(laneFolder('11'), 'package.json'))('cron');
const { CronExpression } = createRequire(join(laneFolder('11'), 'package.json'))('@nestjs/schedule');

test.each([
  ['30 4 * * *', '30 4 * * *'],
  ['0 30 4 * * *', '30 4 * * *'],
  ['17 30 4 * * *', '30 4 * * *'],
  ['  0   30 4  * *   * ', '30 4 * * *'],
  ['0 0 9-17 * JAN,Jul mon-FRI', '0 9-17 * 1,7 1-5'],
  ['5/15 * * * *', '5-59/15 * * * *'],
  ['0 */2 * * 7', '0 */2 * * 7'],
  ['*/60 1 2 3 4 5', '1 2 3 4 5'],
  ['0,0 1 2 3 4 5', '1 2 3 4 5'],
  ['@daily', '0 0 * * *'],
  ['@Weekdays', '0 0 * * 1-5'],
  ['@minutely', '* * * * *'],
])('%s is %s', (expression, value) => {
  expect(toCrontab(expression)).toEqual({ value });
});

test.each(['* * * * * *', '*/10 * * * * *', '0,30 * * * * *', '5-7 1 2 3 4 5', '0-59/59 0 0 1 1 *', '@secondly'])(
  '%s runs several times a minute',
  (expression) => {
    expect(toCrontab(expression)).toEqual({ refused: 'seconds' });
  },
);

test.each([
  '',
  '* * * *',
  '* * * * * * *',
  '60 * * * *',
  '5-1 * * * *',
  '*/0 * * * *',
  '* * L * *',
  'a b c d e',
  '@reboot',
])('%p cannot be read', (expression) => {
  expect(toCrontab(expression)).toEqual({ refused: 'unreadable' });
});

test('every CronExpression is converted, or refused because of its seconds', () => {
  const refused = Object.entries<string>(CronExpression).filter(([, expression]) => 'refused' in toCrontab(expression));
  expect(refused.map(([name]) => name)).toEqual([
    'EVERY_SECOND',
    'EVERY_5_SECONDS',
    'EVERY_10_SECONDS',
    'EVERY_30_SECONDS',
  ]);
});

const bounds = [
  [0, 59],
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;
const part = ([low, high]: readonly [number, number]) =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min: low, max: high }).map(String),
    fc.integer({ min: 1, max: 70 }).map((step) => `*/${step}`),
    fc
      .tuple(fc.integer({ min: low, max: high }), fc.integer({ min: low, max: high }), fc.integer({ min: 1, max: 20 }))
      .map(([one, other, step]) => `${Math.min(one, other)}-${Math.max(one, other)}/${step}`),
    fc.tuple(fc.integer({ min: low, max: high }), fc.integer({ min: 1, max: 20 })).map(([at, step]) => `${at}/${step}`),
  );
const field = (index: number) =>
  fc.array(part(bounds[index]!), { minLength: 1, maxLength: 3 }).map((all) => all.join());
const expression = fc.tuple(...bounds.map((_, index) => field(index))).map((fields) => fields.join(' '));

test('a converted expression has the same minutes, and a refused one several seconds, as the package cron reads them', () => {
  fc.assert(
    fc.property(expression, (given) => {
      const read = new CronTime(given).toJSON() as string[];
      const crontab = toCrontab(given);
      if ('value' in crontab) {
        expect(read[0]).toMatch(/^\d+$/);
        expect(new CronTime(crontab.value).toJSON().slice(1)).toEqual(read.slice(1));
      } else {
        expect(crontab.refused).toBe('seconds');
        expect(read[0]).not.toMatch(/^\d+$/);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('any text is converted or refused, and never throws', () => {
  fc.assert(
    fc.property(fc.string(), (given) => {
      expect(Object.keys(toCrontab(given))).toHaveLength(1);
    }),
  );
});
