// Calls of Nest's logger, whose lines are formatted and not printed. LOGS=1: the kind `on` sends Sentry logs, too.
import { load, serve, startApplication } from './application.mjs';

process.stdout.write = () => true;
await startApplication({
  off: { logger: false },
  on: process.env.LOGS ? { logger: { logs: true } } : {},
  nest: {},
});
const logger = new (load('@nestjs/common').Logger)('Orders');

serve(20, {
  'log text': () => logger.log('order placed'),
  'log object': () => logger.log('order placed', { orderId: 42, lines: 3, customer: { id: 7, country: 'at' } }),
});
