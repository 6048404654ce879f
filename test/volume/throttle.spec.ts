import { AppProcess, type Lane } from '../harness/app-process';
import { Receiver } from '../harness/receiver';

const lanes: Lane[] = ['11', '12'];
const summariesOf = ({ events }: Receiver) => events.filter((event) => event.contexts?.throttle);
const plainOf = ({ events }: Receiver) => events.filter((event) => !event.contexts?.throttle);
const total = (receiver: Receiver) =>
  plainOf(receiver).length + summariesOf(receiver).reduce((sum, { contexts }) => sum + contexts.throttle.left_out, 0);

describe.each(lanes)('lane %s', (lane) => {
  let receiver: Receiver;
  let app: AppProcess;

  beforeEach(async () => {
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    await app.stop('SIGKILL');
    await receiver.close();
  });

  const start = async (init: object = {}, platform = 'express') => {
    const env = { INIT: JSON.stringify(init), PLATFORM: platform, SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' };
    app = await AppProcess.start({ lane, app: 'volume', env: { SENTRY_TRACES_SAMPLE_RATE: '0', ...env } });
  };
  const storm = (name: string, count: number): Promise<{ cpu: number; answer: number }> => {
    const answer = new Promise<any>((resolve) => app.child.once('message', resolve));
    app.child.send({ storm: name, count });
    return answer;
  };

  test('10,000 identical errors: the first ones, then one summary with the exact count, for less CPU', async () => {
    await start();
    const { cpu, answer } = await storm('same', 10_000);
    const { capture } = await app.status();
    expect(plainOf(receiver).length).toBeGreaterThanOrEqual(10);
    expect(plainOf(receiver).length).toBeLessThan(20);
    expect(answer).toBe(plainOf(receiver).length);
    expect(summariesOf(receiver)).toHaveLength(1);
    expect(total(receiver)).toBe(10_000);
    expect(capture).toMatchObject({ reported: answer, throttled: 10_000 - answer });
    const [summary] = summariesOf(receiver);
    const [event] = plainOf(receiver);
    expect(summary.exception.values[0].type).toBe('Error');
    expect(summary.exception.values[0].stacktrace).toEqual(event.exception.values[0].stacktrace);
    expect(summary.fingerprint).toEqual(event.fingerprint);
    expect(summary.level).toBe(event.level);
    await app.stop('SIGKILL');

    await start({ throttle: false });
    const without = await storm('same', 2_000);
    await app.status();
    const ratio = (without.cpu * 5) / cpu;
    process.stdout.write(`lane ${lane}: a storm costs 1/${ratio.toFixed(1)} of what it costs without the throttle\n`);
  });
});
