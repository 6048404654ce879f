import { AppProcess } from '../harness/app-process';
import { FaultyReceiver } from '../harness/faulty-receiver';
import { isFull, mainly } from '../harness/scale';

const MEGABYTE = 1_048_576;
/** Allowed growth. MB */
const GROWTH = isFull ? 5 : 3;

interface Answer {
  heap: number;
  status: { faults: object; capture: { reported: number; throttled: number }; delivery: { waiting: number } };
}

/** Starts the application that has nothing in common from one use to the next. */
async function start(lane: '11' | '12', env: Record<string, string> = {}) {
  const receiver = await FaultyReceiver.start();
  const app = await AppProcess.start({
    lane,
    app: 'distinct',
    nodeOptions: ['--expose-gc'],
    env: { SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'production', SENTRY_THROTTLE: undefined, ...env },
  });
  return {
    /** The heap after a forced collection. */
    ask: (message: object): Promise<Answer> =>
      new Promise((resolve) => {
        app.child.once('message', (answer) => {
          resolve(answer as Answer);
        });
        app.child.send(message);
      }),
    stop: async () => {
      await app.stop('SIGKILL');
      await receiver.close();
    },
  };
}

describe.each(mainly('11'))('lane %s', (lane) => {
  let started: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => {
    started = await start(lane);
    await started.ask({ send: 100 });
  }, 900_000);
  afterAll(() => started.stop());

  test.each([
    ['names, keys and texts', 'use', 100, isFull ? 100_000 : 1_500],
    ['requests', 'send', isFull ? 1_000 : 200, isFull ? 100_000 : 150],
  ])(
    `heap after distinct %s is within ${GROWTH} MB of before`,
    async (what, message, warmUp, count) => {
      const { ask } = started;
      const before = await ask({ [message]: warmUp });
      const after = await ask({ [message]: count });
      const grown = (after.heap - before.heap) / MEGABYTE;
      process.stdout.write(
        `\n${count} distinct ${what}: heap ${(before.heap / MEGABYTE).toFixed(1)} MB before, ` +
          `${grown.toFixed(1)} MB more after\n`,
      );
      expect(after.status).toMatchObject({ faults: {}, delivery: { waiting: 0 } });
      const { reported, throttled } = after.status.capture;
      expect(reported + throttled).toBeGreaterThan(4 * count);
      expect(after.heap - before.heap).toBeLessThan(GROWTH * MEGABYTE);
    },
    900_000,
  );
});
