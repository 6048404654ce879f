import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startInbox } from '../../lib/inbox/index.js';

const CLIENT = `
  const Sentry = require('@sentry/nestjs');
  Sentry.init({ dsn: process.env.DSN, tracesSampleRate: 1, enableLogs: true, defaultIntegrations: false });
  Sentry.startSpan({ name: 'GET /orders', op: 'http.server' }, () => {
    Sentry.startSpan({ name: 'SELECT ?', op: 'db' }, () => undefined);
    Sentry.addBreadcrumb({ message: 'first' });
    Sentry.withScope((scope) => {
      scope.addAttachment({ filename: 'blob', data: new Uint8Array([255, 10, 0]) });
      Sentry.captureException(new Error('x'.repeat(40_000)));
    });
  });
  Sentry.logger.info('a log');
  Sentry.captureCheckIn({ monitorSlug: 'nightly', status: 'ok' });
  Sentry.flush(5000).then((done) => process.exit(done ? 0 : 1));
`;

it('accepts what the SDK sends, including large compressed bodies', async () => {
  const inbox = await startInbox({ port: 0 });
  const client = spawn(process.execPath, ['-e', CLIENT], { env: { ...process.env, DSN: inbox.dsn }, stdio: 'inherit' });
  const [exitCode] = await once(client, 'exit');
  const items = inbox.items();
  await inbox.close();
  expect(exitCode).toBe(0);
  expect(items.map(({ type }) => type).sort()).toEqual(['attachment', 'check_in', 'event', 'log', 'transaction']);
  const payloadOf = (type: string) => items.find((item) => item.type === type)?.payload as Record<string, unknown>;
  expect(payloadOf('event')).toMatchObject({
    exception: { values: [{ value: 'x'.repeat(40_000) }] },
    breadcrumbs: [{ message: 'first' }],
  });
  expect(payloadOf('attachment')).toMatchObject({ filename: 'blob', size: 3, eventId: payloadOf('event').event_id });
  expect(payloadOf('transaction')).toMatchObject({ transaction: 'GET /orders', spans: [{ op: 'db' }] });
});
