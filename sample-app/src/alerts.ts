import {
  consecutiveFailures,
  consoleChannel,
  defineAlerts,
  errorCount,
  errorRate,
  jobFailed,
  newError,
} from 'nestjs-error-tracker/alerts';

/**
 * Who is told of what. Channels of the environment join the console: `SENTRY_SLACK_WEBHOOK_URL`, … The command reads the
 * same file: `npx nestjs-error-tracker alerts list --file sample-app/dist/src/alerts.js`.
 */
export default defineAlerts({
  channels: { console: consoleChannel() },
  rules: [
    errorRate({ above: 0.05, within: '5m' }),
    consecutiveFailures({ name: 'shop-down', count: 10, severity: 'critical' }),
    errorCount({ name: 'payments', above: 2, within: '5m', where: { domain: 'payment' }, severity: 'critical' }),
    jobFailed({ name: 'receipts', queue: 'notifications' }),
    newError({ severity: 'warning' }),
  ],
});
