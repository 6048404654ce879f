// What an application does to start plain @sentry/nestjs; loaded with --require.
const { createRequire } = require('node:module');
const Sentry = createRequire(`${process.cwd()}/package.json`)('@sentry/nestjs');

Sentry.init({
  dsn: process.env.SENTRY_DSN,
  tracesSampleRate: 1,
  environment: 'test',
  sendDefaultPii: true,
  enableLogs: true,
  denyUrls: [/denied-script/],
});
