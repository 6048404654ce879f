import {
  consecutiveFailures,
  consoleChannel,
  defineAlerts,
  errorCount,
  errorRate,
  jobFailed,
  missedCron,
  newError,
  redisStore,
} from 'nestjs-error-tracker/alerts';
import Redis from 'ioredis';
import { configuration } from './configuration.js';

const { redisUrl } = configuration;

/**
 * Who is told of what. Channels of the environment join the console: `SENTRY_SLACK_WEBHOOK_URL`, … The command reads the
 * same file: `npx nestjs-error-tracker alerts list --file sample-app/dist/src/alerts.js`.
 */
export default defineAlerts({
  // With Redis, all instances of the shop count together, and there is one alert, not one of each.
  ...(redisUrl && { store: redisStore(new Redis(redisUrl, { lazyConnect: true })) }),
  channels: { console: consoleChannel() },
  rules: [
    errorRate({ above: 0.05, within: '5m' }),
    consecutiveFailures({
      name: 'shop-down',
      count: 10,
      severity: 'critical',
      escalate: [{ after: '10m', notify: ['console'] }], // nobody has acted: a shop with a pager names it here
    }),
    errorCount({ name: 'payments', above: 2, within: '5m', where: { domain: 'payment' }, severity: 'critical' }),
    jobFailed({ name: 'receipts', queue: 'notifications' }),
    missedCron({ monitor: 'open-orders', severity: 'warning' }),
    newError({ severity: 'warning' }),
  ],
});
