import { setTimeout as pause } from 'node:timers/promises';
import { startApp, temporaryFolder, type DeliveryApp } from '../delivery/delivery-app';
import type { Lane } from '../harness/app-process';
import { FaultyReceiver, faults, type Fault } from '../harness/faulty-receiver';
import { poll } from '../harness/poll';
import { line, load, nothingSeen } from './requests';
import { isFull, representative } from '../harness/scale';
import { say } from './say';

const SECONDS = isFull ? 90 : 6;
/** Long enough to open the circuit: three failures in a row and the pause after them. */
const LONG_FAULT = isFull ? 8_000 : 2_500;
const INSTANCES = 2;
/** Maximum number of requests in flight: a killed process may not have recorded their responses. */
const UNDER_WAY = 30;

/** The application reports every error that the SDK has passed to the transport. */
class Instance {
  app: DeliveryApp | undefined;
  constructor(
    private readonly start: () => Promise<DeliveryApp>,
    readonly handed: Set<string>,
    readonly circuits: Set<string>,
  ) {}

  async begin(): Promise<void> {
    const app = await this.start();
    app.process.child.on('message', (message: any) => {
      for (const value of message.handed ?? []) this.handed.add(value);
      if (message.circuit) this.circuits.add(message.circuit);
    });
    this.app = app;
  }

  async kill(): Promise<void> {
    const { app } = this;
    this.app = undefined;
    await app?.process.stop('SIGKILL');
  }
}

const random = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

test.each(representative<Lane>(['11', '12'], (lane) => lane === '11'))(
  'lane %s: with a faulty receiver and killed processes, every error arrives and no request is affected',
  async (lane) => {
    const [stormy, calm] = [await FaultyReceiver.start(), await FaultyReceiver.start()];
    const [handed, circuits] = [new Set<string>(), new Set<string>()];
    const directories = [temporaryFolder(), temporaryFolder()];
    const start = (receiver: FaultyReceiver, directory: string) => () =>
      startApp(lane, receiver, directory, {}, { TELL_HANDED: '1' });
    const instances = Array.from(
      { length: INSTANCES },
      () => new Instance(start(stormy, directories[0]!), handed, circuits),
    );
    const control = new Instance(start(calm, directories[1]!), new Set(), new Set());
    await Promise.all([...instances, control].map((instance) => instance.begin()));

    const seen = { chaos: nothingSeen(), calm: nothingSeen() };
    const startedAt = Date.now();
    let kills = 0;
    /** A slow machine needs longer until everything has happened that the test is about. */
    const goesOn = () => {
      const seconds = (Date.now() - startedAt) / 1_000;
      return seconds < SECONDS || (seconds < 4 * SECONDS && (kills < 2 || circuits.size < 3 || handed.size <= SECONDS));
    };
    const loads = [
      ...instances.map((instance, at) => load(() => instance.app?.url, seen.chaos, goesOn, `error of ${at}`)),
      load(() => control.app?.url, seen.calm, goesOn, 'error of the control'),
    ];
    const killing = (async () => {
      while (goesOn()) {
        await pause(1_000 + Math.random() * 2_000);
        const victim = random(instances);
        await victim.kill();
        kills++;
        await victim.begin();
      }
    })();
    let faultsSeen = 0;
    const changes = new Map<string, number>();
    while (goesOn()) {
      // Starts with the long ones: a receiver that is down, then one that hangs.
      const isLasting = faultsSeen < 2 || Math.random() < 0.1;
      const next =
        (['is down', 'hangs'] as const)[faultsSeen++] ?? random([...(Object.keys(faults) as Fault[]), 'is down']);
      changes.set(next, (changes.get(next) ?? 0) + 1);
      if (next === 'is down') await stormy.down();
      else stormy.fault = next;
      await pause(isLasting ? LONG_FAULT : 300 + Math.random() * 700);
      if (next === 'is down') await stormy.up();
    }
    stormy.fault = 'works';
    await Promise.all([...loads, killing]);
    for (const { app } of instances) await app?.flush(5_000);
    const statuses = () => Promise.all(instances.map(async ({ app }) => (await app?.status())?.delivery));
    await poll(() => {
      const arrived = new Set(stormy.values);
      expect([...handed].filter((value) => !arrived.has(value))).toEqual([]);
    }, 60_000);
    const dropped = (await statuses()).map((delivery) => delivery.dropped);
    const repeats = stormy.eventIds.length - new Set(stormy.eventIds).size;
    await Promise.all([...instances, control].map((instance) => instance.kill()));
    await Promise.all([stormy.close(), calm.close()]);

    say(`\nlane ${lane}: at least ${SECONDS} s of chaos, ${INSTANCES} processes, ${kills} kills`);
    say(`  the receiver ${[...changes].map(([fault, times]) => `${fault} ${times}x`).join(', ')}`);
    say(`  errors handed over ${handed.size}, arrived ${stormy.values.length}, repeats ${repeats}`);
    say(`  circuits seen ${[...circuits].sort().join(', ')}`);
    say(line('with chaos', seen.chaos));
    say(line('without', seen.calm));
    expect(handed.size).toBeGreaterThan(SECONDS);
    expect(kills).toBeGreaterThan(1);
    expect([...circuits].sort()).toEqual(['closed', 'half-open', 'open']);
    expect(dropped).toEqual(dropped.map(() => ({})));
    expect(repeats).toBeLessThanOrEqual(kills * UNDER_WAY);
    expect({ chaos: seen.chaos.wrong, calm: seen.calm.wrong }).toEqual({ chaos: 0, calm: 0 });
    expect(new Set(stormy.eventIds).size).toBe(stormy.values.length);
  },
  (4 * SECONDS + 180) * 1_000,
);
