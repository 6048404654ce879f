import type * as Sdk from '@sentry/nestjs';
import type { ErrorTracker } from 'nestjs-error-tracker';
import { setImmediate as turn } from 'node:timers/promises';

type Storm = (tracker: ErrorTracker, sentry: typeof Sdk, count: number) => Promise<unknown>;

const letters = (n: number): string => n.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!);
const repeated = async (count: number, one: (n: number) => unknown) => {
  let answered = 0;
  for (let n = 0; n < count; n++) {
    if (one(n) !== undefined) answered++;
    if (n % 100 === 99) await turn();
  }
  return answered;
};

/** Each fails `count` times and returns how often the caller got an event id. */
export const storms = {
  same: (tracker, _sentry, count) =>
    repeated(count, (n) => tracker.captureException(new Error(`order ${n} was refused`))),
  distinct: (tracker, _sentry, count) =>
    repeated(count, (n) => {
      const error = new Error('refused');
      error.name = `${letters(n)}Error`;
      return tracker.captureException(error);
    }),
  sdk: (_tracker, sentry, count) =>
    repeated(count, (n) => sentry.captureException(new Error(`order ${n} was refused`))),
  'sdk-message': (_tracker, sentry, count) =>
    repeated(count, (n) => sentry.captureMessage(`order ${n} is late`, 'warning')),
  'sdk-event': (_tracker, sentry, count) =>
    repeated(count, (n) => sentry.captureEvent({ message: `order ${n} was built by hand` })),
  message: (tracker, _sentry, count) => repeated(count, () => tracker.captureMessage('the cellar is damp')),
  domain: (tracker, _sentry, count) =>
    repeated(count, () =>
      tracker.capturePaymentError(new Error('declined'), { provider: 'acme', code: 'card_declined' }),
    ),
  slow: (tracker, _sentry, count) =>
    repeated(count, () =>
      tracker.track({ name: 'orders.count', slowerThan: 0.001 }, () => {
        for (let i = 0; i < 20_000; i++) Math.sqrt(i);
      }),
    ),
  rejection: async (_tracker, _sentry, count) => {
    for (let n = 0; n < count; n++) void Promise.reject(new Error(`nobody waits for ${n}`));
    await turn();
    await turn();
  },
  /** Captured failures, the last of which is then thrown uncaught. */
  crash: async (tracker, _sentry, count) => {
    const error = () => new Error('out of stock');
    let last = error();
    await repeated(count, () => tracker.captureException((last = error())));
    setTimeout(() => {
      throw last;
    });
  },
  operations: async (tracker) => {
    for (const name of [
      'job mail welcome',
      'job report daily',
      'import prices',
      'export prices',
      'cron nightly',
      'cron hourly',
    ]) {
      tracker.track({ name, root: true }, () => undefined);
    }
    tracker.track({ name: 'marked', root: true, critical: true }, () => undefined);
  },
  breadcrumbs: async (tracker, sentry) => {
    for (let n = 0; n < 3; n++) tracker.addBreadcrumb('queue', 'polled', { jobs: 0 });
    tracker.addBreadcrumb('queue', 'polled', { jobs: 1 });
    for (let n = 0; n < 2; n++) console.log('still here');
    for (let n = 0; n < 2; n++) tracker.addBreadcrumb('queue', 'own count', { count: 5 });
    sentry.withIsolationScope(() => {
      tracker.addBreadcrumb('queue', 'own count', { count: 5 });
    });
    tracker.addBreadcrumb('queue', 'shared');
    sentry.withIsolationScope(() => {
      tracker.addBreadcrumb('queue', 'shared');
    });
    tracker.captureException(new Error('after breadcrumbs'));
  },
} satisfies Record<string, Storm>;
