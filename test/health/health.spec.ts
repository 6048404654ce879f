import { AppProcess, type Lane, type Platform } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { representative } from '../harness/scale';

const combinations: [Lane, Platform][] = [
  ['11', 'fastify'],
  ['12', 'fastify'],
  ['12', 'express'],
];

describe.each(representative(combinations, (_row, at) => at !== 1))(
  'health checks, lane %s on %s',
  (lane, PLATFORM) => {
    let receiver: Receiver;
    let app: AppProcess;

    beforeAll(async () => {
      receiver = await Receiver.start();
      const env = { PLATFORM, SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test', SENTRY_RELEASE: '1.0.0' };
      app = await AppProcess.start({ lane, app: 'health', env });
    });

    afterAll(async () => {
      await app.stop('SIGKILL');
      await receiver.close();
    });

    test.each([
      ['/health', 'expected', []],
      ['/watched', 'reported where @Report says so', ['GET /watched']],
      ['/unavailable', 'no health check, so reported', ['GET /unavailable']],
    ])('the 503 of %s is %s', async (path, _what, transactions) => {
      receiver.clear();
      const { status } = await fetch(`${app.url}${path}`);
      await app.status();
      expect(status).toBe(503);
      expect(receiver.events.map(({ transaction }) => transaction)).toEqual(transactions);
      for (const { user } of receiver.events) expect(user).toMatchObject({ id: 'put there by a middleware' });
    });
  },
);
