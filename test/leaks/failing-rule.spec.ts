import { AppProcess } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { mainly } from '../harness/scale';

describe.each(mainly('11'))('lane %s, a scrubbing rule of the application that throws', (lane) => {
  test('filters the value, never drops the event, and is counted', async () => {
    const receiver = await Receiver.start();
    const app = await AppProcess.start({
      lane,
      app: 'leaks',
      env: { SCRUBBING: 'failing', SENTRY_DSN: receiver.dsn, RPC_PORT: '0' },
    });
    try {
      const answer = new Promise((resolve) => app.child.once('message', resolve));
      const plant = { mark: 'a mark', key: 'comment', word: 'throw over this', text: 'a text' };
      app.child.send({ through: 'context', plant });
      await answer;
      const { faults, delivery } = await app.status();
      expect(receiver.events).toHaveLength(1);
      expect(receiver.events[0].contexts.order).toMatchObject({ note: 'a mark', comment: '[Filtered:custom]' });
      expect(receiver.bytes).not.toContain('throw over this');
      expect(faults).toEqual({ scrubbing: expect.any(Number) });
      expect(faults.scrubbing).toBeGreaterThan(0);
      expect(delivery.dropped).toEqual({});
    } finally {
      await Promise.all([app.stop('SIGKILL'), receiver.close()]);
    }
  });
});
