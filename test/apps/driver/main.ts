// A driver that works outside of any request, as at start or in a timer.
import { initSentry } from 'nestjs-error-tracker/init';

async function main() {
  const client = initSentry()!;
  const { startSpan } = await import('@sentry/nestjs');
  const { Redis } = await import('ioredis');
  const redis = new Redis({ host: '127.0.0.1', port: 6379 });
  await redis.ping();
  await startSpan({ name: 'of the application', op: 'task' }, () => redis.set('test-driver', 'x', 'PX', 1_000));
  await startSpan({ name: 'by hand', op: 'db', attributes: { 'db.system': 'mine' } }, async () => undefined);
  await redis.quit();
  await client.flush(5_000);
}
void main();
