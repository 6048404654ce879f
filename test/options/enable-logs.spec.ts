import { laneFolder, type Lane } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { runNode } from '../cli/broken-app';

const PROGRAM = `
  (async () => {
    const { initSentry } = await import('nestjs-error-tracker/init');
    const Sentry = await import('@sentry/nestjs');
    initSentry({ sdk: JSON.parse(process.env.SDK) });
    Sentry.logger.info('a line');
    Sentry.metrics.count('sold');
    Sentry.captureMessage('a message');
    await Sentry.flush(5_000);
  })();`;

test.each<[Lane, object, string[]]>([
  ['11', { enableLogs: true }, ['event', 'log', 'trace_metric']],
  ['12', { enableLogs: true }, ['event', 'log', 'trace_metric']],
  ['11', { enableLogs: false }, ['event', 'trace_metric']],
  ['12', { enableLogs: false }, ['event', 'trace_metric']],
  ['11', { enableLogs: true, enableMetrics: false }, ['event', 'log']],
  ['12', { enableLogs: true, enableMetrics: false }, ['event', 'log']],
])('lane %s sends with %j', async (lane, sdk, types) => {
  const receiver = await Receiver.start();
  await runNode(laneFolder(lane), ['-e', PROGRAM], { SENTRY_DSN: receiver.dsn, SDK: JSON.stringify(sdk) });
  await receiver.close();
  const sent = receiver.items.map(({ type }) => type).filter((type) => ['event', 'log', 'trace_metric'].includes(type));
  expect(sent.sort()).toEqual(types);
});
