import { mainly } from '../harness/scale';
import { AppProcess } from '../harness/app-process';
import { Receiver } from '../harness/receiver';

describe.each(mainly('11'))('lane %s', (lane) => {
  let receiver: Receiver;
  let app: AppProcess;

  beforeEach(async () => {
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    await app.stop('SIGKILL');
    await receiver.close();
  });

  const groups = async (init: object, storm: string, count: number) => {
    const env = { INIT: JSON.stringify(init), SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' };
    app = await AppProcess.start({ lane, app: 'volume', env });
    const answer = new Promise((resolve) => app.child.once('message', resolve));
    app.child.send({ storm, count });
    await answer;
    await app.status();
    return receiver.events.map(({ fingerprint }) => fingerprint);
  };

  test('a preset groups messages by their constant parts', async () => {
    expect(await groups({}, 'sdk-message', 2)).toEqual(Array(2).fill(['message', 'order <n> is late']));
  });

  test('each preset can be switched off', async () => {
    expect(await groups({ grouping: { presets: { message: false } } }, 'sdk-message', 2)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('a rule of the application precedes the presets, and the budget applies to its group', async () => {
    const grouping = { rules: [{ when: 'Error', by: ['refusals'] }], presets: false };
    const expected = [['refusals'], ['refusals'], ['refusals']];
    expect(await groups({ grouping, throttle: { burst: 2, perMinute: 0 } }, 'distinct', 20)).toEqual(expected);
    expect(receiver.events[2].contexts.throttle.left_out).toBe(18);
  });

  test('a list is short for rules', async () => {
    const grouping = [{ when: 'aError', by: ['{{ default }}', 'first'] }];
    const [first] = await groups({ grouping }, 'distinct', 1);
    expect(first).toBeUndefined();
    await app.stop('SIGKILL');
    receiver.clear();
    expect(await groups({ grouping: [{ ...grouping[0], when: 'qError' }] }, 'distinct', 1)).toEqual([
      ['{{ default }}', 'first'],
    ]);
  });
});
