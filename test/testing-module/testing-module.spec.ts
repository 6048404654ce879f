import { AppProcess, type Lane, type Platform } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { representative } from '../harness/scale';

const combinations: [Lane, Platform, string | undefined, string | undefined][] = [
  ['11', 'express', undefined, undefined],
  ['11', 'fastify', '1', undefined],
  ['11', 'express', undefined, '1'],
  ['12', 'express', '1', undefined],
  ['12', 'fastify', undefined, '1'],
];

describe.each(representative(combinations, (_row, at) => at === 2 || at === 3))(
  'an application of @nestjs/testing, lane %s on %s, tracker mocked: %s, timers stopped: %s',
  (lane, PLATFORM, OVERRIDE, STOP_TIMERS) => {
    let receiver: Receiver;
    let app: AppProcess;

    beforeAll(async () => {
      receiver = await Receiver.start();
      const sentry = { SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test', SENTRY_RELEASE: '1.0.0' };
      const env = { PLATFORM, OVERRIDE, STOP_TIMERS, ...sentry };
      app = await AppProcess.start({ lane, app: 'testing', env });
    });

    afterAll(async () => {
      await app.stop('SIGKILL');
      await receiver.close();
    });

    test('reports its failures, and closes with nothing left open', async () => {
      await fetch(`${app.url}/cats/7`);
      await app.status();
      expect(receiver.events.map(({ exception }) => exception.values[0].value)).toEqual(['a cat in a test']);
      expect(receiver.events[0]).toMatchObject({
        transaction: 'GET /cats/:id',
        tags: { handler: 'CatsController.fails', kind: 'http' },
      });
      const closed = new Promise<any>((resolve) => app.child.once('message', resolve));
      app.child.send('close');
      const { before, after, error } = await closed;
      expect(error).toBeUndefined();
      const added = after.filter((resource: string) => !before.includes(resource) && resource !== 'Immediate');
      expect(added).toEqual([]);
      expect(app.output).not.toMatch(/ERROR(?!.*a cat in a test)/);
      expect(receiver.events).toHaveLength(1);
    });
  },
);
