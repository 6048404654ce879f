import { mainly } from '../harness/scale';
import type { AppProcess } from '../harness/app-process';
import { AppPool } from '../harness/app-pool';
import { Receiver } from '../harness/receiver';

describe.each(mainly('11'))('lane %s', (lane) => {
  let receiver: Receiver;
  let app: AppProcess;
  const apps = new AppPool();
  const ofTheApplication = {
    grouping: { rules: [{ when: 'Error', by: ['refusals'] }], presets: { message: false } },
    throttle: { burst: 2, perMinute: 0 },
  };
  const list = {
    grouping: [
      { when: 'aError', by: ['another'] },
      { when: 'qError', by: ['{{ default }}', 'first'] },
    ],
  };

  beforeAll(async () => {
    receiver = await Receiver.start();
  });
  beforeEach(() => {
    receiver.clear();
  });
  afterAll(async () => {
    await apps.stop();
    await receiver.close();
  });

  const groups = async (init: object, storm: string, count: number) => {
    const env = { INIT: JSON.stringify(init), SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' };
    app = await apps.get({ lane, app: 'volume', env });
    const answer = new Promise((resolve) => app.child.once('message', resolve));
    app.child.send({ storm, count });
    await answer;
    await app.status();
    return receiver.events.map(({ fingerprint }) => fingerprint);
  };

  test('a preset groups messages by their constant parts', async () => {
    expect(await groups(list, 'sdk-message', 2)).toEqual(Array(2).fill(['message', 'order <n> is late']));
  });

  test('each preset can be switched off', async () => {
    expect(await groups(ofTheApplication, 'sdk-message', 2)).toEqual([undefined, undefined]);
  });

  test('a rule of the application precedes the presets, and the budget applies to its group', async () => {
    const expected = [['refusals'], ['refusals'], ['refusals']];
    expect(await groups(ofTheApplication, 'distinct', 20)).toEqual(expected);
    expect(receiver.events[2].contexts.throttle.left_out).toBe(18);
  });

  test('a list is short for rules', async () => {
    expect(await groups(list, 'distinct', 1)).toEqual([['{{ default }}', 'first']]);
  });
});
