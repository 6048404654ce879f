import { captureCheckIn, logger, startSpan } from '@sentry/nestjs';
import type { ErrorTracker } from '../../tracker/error-tracker.js';
import { TEST_MONITOR, TEST_TAG, type TestType } from './test-type.js';

const NOTE = 'Test of nestjs-error-tracker: nothing has happened.';
/** Values that are removed on the way; no card, and nobody's address. */
const CARD = '4242 4242 4242 4242';
const EMAIL = 'test@example.com';
const PASSWORD = 'test-8Kq2x91';

/** Creates the items of each type, as an application does. */
const CREATE: Record<TestType, (tracker: ErrorTracker) => void> = {
  error: (tracker) => {
    tracker.captureException(new Error(`${NOTE} (error)`));
  },
  message: (tracker) => {
    tracker.captureMessage(`${NOTE} (message)`);
  },
  transaction: () => {
    const attributes = { [TEST_TAG]: 'transaction' };
    startSpan({ name: 'nestjs-error-tracker test', op: 'test', forceTransaction: true, attributes }, () => undefined);
  },
  cron: () => {
    const monitorSlug = TEST_MONITOR;
    // Once a year, and forgiving: nobody is told if the command is not run again.
    const checkInId = captureCheckIn(
      { monitorSlug, status: 'in_progress' },
      {
        schedule: { type: 'interval', value: 1, unit: 'year' },
        checkinMargin: 1_440,
        maxRuntime: 1,
        failureIssueThreshold: 720,
      },
    );
    captureCheckIn({ monitorSlug, checkInId, status: 'ok', duration: 0.1 });
  },
  log: () => {
    logger.info(`${NOTE} (log)`, { [TEST_TAG]: 'log' });
  },
  metric: (tracker) => {
    tracker.metrics.count(TEST_TAG, 1, { tags: { [TEST_TAG]: 'metric' } });
  },
  payment: (tracker) => {
    tracker.capturePaymentError(
      Object.assign(new Error(`${NOTE} Card ${CARD} of ${EMAIL} was declined.`), {
        code: 'card_declined',
        type: 'StripeCardError',
      }),
      {
        provider: 'stripe',
        amount: 4_200,
        currency: 'eur',
        orderId: 'test-order',
        declineCode: 'insufficient_funds',
        card: { number: CARD, cvc: '123' },
        email: EMAIL,
      },
    );
  },
  database: (tracker) => {
    const error = new Error(`${NOTE} duplicate key value violates unique constraint "test_customer_email_key"`);
    tracker.captureDatabaseError(
      Object.assign(error, {
        severity: 'ERROR',
        routine: '_bt_check_unique',
        code: '23505',
        detail: `Key (email)=(${EMAIL}) already exists.`,
        table: 'test_customer',
        constraint: 'test_customer_email_key',
      }),
      { system: 'postgresql', operation: 'INSERT', table: 'test_customer', password: PASSWORD },
    );
  },
  performance: (tracker) => {
    tracker.reportSlow('nestjs-error-tracker test', { duration: '3s', threshold: '1s', data: { note: NOTE } });
  },
};

/** Creates the items of a type, marked as tests. */
export function createTestItems(type: TestType, tracker: ErrorTracker): void {
  tracker.isolate(() => {
    tracker.setTag(TEST_TAG, type);
    tracker.setContext('test', { note: NOTE, sentBy: 'npx nestjs-error-tracker test' });
    tracker.setUser({ id: 'test', email: EMAIL });
    CREATE[type](tracker);
  });
}
