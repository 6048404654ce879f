import { FaultyReceiver, faults, type Fault } from '../harness/faulty-receiver';
import { isFull, representative } from '../harness/scale';
import { lanes, startApp, temporaryFolder } from './delivery-app';

const MEGABYTE = 1_048_576;
const ROUND = isFull ? 400 : 100;

/** That nothing was delivered so far is said once. */
const withoutNotice = (output: string) => output.replace(/.*\[DELIVERY_FAILING\].*\n(?:\(Use `node.*\n)?/, '');

const rows = (Object.keys(faults) as Fault[]).map((fault, at) => [lanes[at % 2]!, fault] as const);

test.each(representative(rows, (_row, at) => at === 0 || at === 4))(
  'lane %s, a receiver that %s: requests are answered, nothing is left unhandled, memory stops growing',
  async (lane, fault) => {
    const receiver = await FaultyReceiver.start();
    receiver.fault = fault;
    const app = await startApp(lane, receiver, temporaryFolder());
    const memory = async () => ((await (await fetch(`${app.url}/memory`)).json()) as { now: number }).now;
    const round = async (name: string) => {
      await app.burst(ROUND, name);
      expect(await app.failAll(['one', 'two'])).toEqual([500, 500]);
      expect((await fetch(`${app.url}/fine`)).status).toBe(200);
      await app.flush(300);
      return memory();
    };
    await round('warms up');
    const before = await round('before');
    for (let at = 0; at < 3; at++) await round(`round ${at}`);
    expect((await memory()) - before).toBeLessThan(48 * MEGABYTE);
    const { delivery, faults: counted } = await app.status();
    const { delivered, waiting, dropped } = delivery as Record<'delivered' | 'waiting', number> & { dropped: object };
    expect(delivered + waiting).toBeGreaterThanOrEqual(5 * (ROUND + 2));
    expect({ dropped, counted }).toEqual({ dropped: {}, counted: {} });
    expect(withoutNotice(app.process.output)).toBe('');
    expect(app.process.child.exitCode).toBeNull();
    expect(receiver.values.filter((value) => !/^(warms|before|round|one|two)/.test(value))).toEqual([]);
    await app.process.stop('SIGKILL');
    await receiver.close();
  },
);
