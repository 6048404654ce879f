/** What `--type` selects, apart from `all`; in the order in which items are sent. */
export const TEST_TYPES = [
  'error',
  'message',
  'transaction',
  'cron',
  'log',
  'metric',
  'payment',
  'database',
  'performance',
] as const;

export type TestType = (typeof TEST_TYPES)[number];

/** The tag of test events, and the attribute of other items; its value is the type. */
export const TEST_TAG = 'nestjs-error-tracker.test';
/** The monitor of test check-ins. */
export const TEST_MONITOR = 'nestjs-error-tracker-test';
