import type { Plant } from '../apps/leaks/plant';
import { AppProcess, type Lane, type Platform } from '../harness/app-process';
import { freePort } from '../harness/free-port';
import { canRunOver } from '../harness/brokers';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { isFull, lanesAndPlatforms, thinned, variation } from '../harness/scale';
import { secretsIn } from './secret-scanner';
import { entrances as all, type Entrance } from './entrances';

const hasRedis = canRunOver('redis');
const entrances = all.filter(({ name }) => hasRedis || name !== 'job');

/** Secret names that the SDK does not know by itself: those it filters would prove nothing about the scrubber. */
const KEYS = ['passphrase', 'userPasscode', 'LDAP_PASS', 'smtp-pass', 'creds', 'pin', 'otp', 'ssn', 'db.passphrase'];

interface Sown {
  plant: Plant;
  canaries: string[];
}

/** One plant for every form of secret that this entrance must keep in. */
function seedsOf({ name, forms, keyed }: Entrance): Sown[] {
  const slug = name.replaceAll(/\W+/g, '-').toLowerCase();
  return forms.map((form, n) => {
    const mark = `mark-of-${slug}-${n}.`;
    const { text, canary } = form(`${slug} ${n}`);
    const word = `canary-under-a-key-${slug}-${n}-end`;
    const plant = { mark, key: KEYS[n % KEYS.length]!, word, text: `${mark} ${text}` };
    return { plant, canaries: keyed ? [word, canary] : [canary] };
  });
}

const sown = new Map(entrances.map((entrance) => [entrance.name, seedsOf(entrance)] as const));

/** The application and what it lets out. */
class Field {
  private constructor(
    readonly receiver: Receiver,
    readonly app: AppProcess,
  ) {}

  static async open(lane: Lane, PLATFORM: Platform, SCRUBBING: 'on' | 'off'): Promise<Field> {
    const receiver = await Receiver.start();
    const env = { PLATFORM, SCRUBBING, RPC_PORT: String(await freePort()), SENTRY_DSN: receiver.dsn };
    return new Field(receiver, await AppProcess.start({ lane, app: 'leaks', env }));
  }

  async sow(through: readonly Entrance[]): Promise<void> {
    for (const entrance of through) {
      for (const { plant } of sown.get(entrance.name)!) {
        await this.plant(entrance, plant);
        // Local variables are read once the SDK's debugger has come up.
        if (entrance.name !== 'stack local') continue;
        await poll(async () => {
          await this.app.status();
          if (this.partsOf(entrance).includes(plant.mark)) return;
          await this.plant(entrance, plant);
          throw new Error(`no local variables: ${this.app.output}`);
        });
      }
    }
    await this.app.status();
  }

  partsOf(entrance: Entrance): string {
    return JSON.stringify(entrance.found(this.receiver));
  }

  async close(): Promise<void> {
    await Promise.all([this.app.stop('SIGKILL'), this.receiver.close()]);
  }

  private async plant({ name, send }: Entrance, plant: Plant): Promise<void> {
    if (send) {
      await send(this.app.url, plant);
      return;
    }
    const answer = new Promise((resolve) => this.app.child.once('message', resolve));
    this.app.child.send({ through: name, plant });
    expect(await answer).toEqual({ done: name });
  }
}

describe.each(lanesAndPlatforms)('lane %s on %s', (lane, platform) => {
  // What arrives without scrubbing is the same on both lanes.
  const isCompared = isFull || lane === '11';
  const through = thinned(entrances, lane === '11');
  let scrubbed: Field | undefined;
  let open: Field | undefined;

  beforeAll(async () => {
    [scrubbed, open] = await Promise.all([
      Field.open(lane, platform, 'on'),
      isCompared ? Field.open(lane, platform, 'off') : undefined,
    ]);
    await Promise.all([scrubbed.sow(through), open?.sow(through)]);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([scrubbed?.close(), open?.close()]);
  });

  describe.each(through.map((entrance) => [entrance.name, entrance] as const))('%s', (name, entrance) => {
    const seeds = sown.get(name)!;
    const canaries = seeds.flatMap((seed) => seed.canaries);
    const marks = seeds.map(({ plant }) => plant.mark);

    test('reaches the wire: harmless values arrive', () => {
      const parts = scrubbed!.partsOf(entrance);
      expect(marks.filter((mark) => !parts.includes(mark))).toEqual([]);
    });

    if (isCompared)
      test('is effective: without scrubbing, canaries arrive', () => {
        const parts = open!.partsOf(entrance);
        expect(canaries.filter((canary) => !parts.includes(canary))).toEqual([]);
      });

    test('leaks no canary', () => {
      expect(canaries.filter((canary) => scrubbed!.receiver.bytes.includes(canary))).toEqual([]);
    });
  });

  const scan = isCompared ? test : variation;
  scan('an independent scanner finds secrets without scrubbing, and none with it', async () => {
    expect((await secretsIn(open!.receiver.bytes)).length).toBeGreaterThan(10);
    expect(await secretsIn(scrubbed!.receiver.bytes)).toEqual([]);
  });

  test('nothing was dropped because it could not be scrubbed', async () => {
    const { faults, delivery } = await scrubbed!.app.status();
    expect(faults).toEqual({});
    expect(delivery.dropped).toEqual({});
  });
});
