import * as fc from 'fast-check';
import { SLUG, slugOf } from '../../lib/integrations/schedule/slug';

test.each([
  ['nightly', 'nightly'],
  ['nightly_report-2', 'nightly_report-2'],
  ['ReportsService.nightly', 'reports-service-nightly'],
  ['HTTPPoller.syncV2Now', 'http-poller-sync-v2-now'],
  ['Send daily Reports!', 'send-daily-reports'],
  ['Prüfung', 'prufung'],
  ['4711', expect.stringMatching(/^cron-4711-[0-9a-f]{8}$/)],
  ['夜间报告', expect.stringMatching(/^cron-[0-9a-f]{8}$/)],
  ['a'.repeat(60), expect.stringMatching(/^a{41}-[0-9a-f]{8}$/)],
])('%s is %s', (name, slug) => {
  expect(slugOf(name)).toEqual(slug);
});

test('any name has a slug that Sentry takes, always the same, and long names differ', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(slugOf(name)).toMatch(SLUG);
      expect(slugOf(slugOf(name))).toBe(slugOf(name));
    }),
  );
  expect(slugOf(`${'x'.repeat(60)}1`)).not.toBe(slugOf(`${'x'.repeat(60)}2`));
});
