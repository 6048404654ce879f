import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FaultyReceiver } from '../harness/faulty-receiver';
import { poll } from '../harness/poll';
import { lanes, startApp, temporaryFolder, type DeliveryApp } from './delivery-app';
import { canMount, growDisk, makeReadOnly, mountDisk, unmountAll } from './system';

const NOBODY = 65_534;
const texts = (count: number, name = 'failure') => Array.from({ length: count }, (_, at) => `${name} ${at}`);
const warnings = (app: DeliveryApp) => app.process.output.match(/\[SPOOL_\w+\].*/g) ?? [];
const withDisks = canMount() ? describe : describe.skip;

describe.each(lanes)('lane %s', (lane) => {
  let receiver: FaultyReceiver;
  let app: DeliveryApp | undefined;

  beforeEach(async () => {
    receiver = await FaultyReceiver.start();
    await receiver.down();
  });
  afterEach(async () => {
    await app?.process.stop('SIGKILL');
    app = undefined;
    await receiver.close();
    unmountAll();
  });

  /** Sixty failures while Sentry is away; all requests are answered as ever. */
  const failWith = async (directory: string, uid?: number) => {
    app = await startApp(lane, receiver, directory, {}, {}, { uid });
    expect(await app.failAll(texts(60))).toEqual(Array(60).fill(500));
    await poll(async () => {
      const { delivered, waiting, dropped } = (await app!.status()).delivery;
      expect({ delivered, dropped, haveCome: waiting >= 60 }).toEqual({ delivered: 0, dropped: {}, haveCome: true });
    });
    return app;
  };
  const everythingArrives = async (expected: string[]) => {
    await receiver.up();
    await poll(() => {
      expect(receiver.values.sort()).toEqual([...expected].sort());
    }, 30_000);
    await poll(async () => {
      expect((await app!.status()).delivery).toMatchObject({ waiting: 0, dropped: {} });
    });
    expect(receiver.eventIds).toHaveLength(expected.length);
  };

  withDisks('with a disk of its own', () => {
    test('a full disk: what it took stays there, the rest waits in memory, one line says so, all arrives', async () => {
      const running = await failWith(mountDisk('100k'));
      const { spooled, waiting } = (await running.status()).delivery;
      expect(spooled).toBeGreaterThan(2);
      expect(spooled).toBeLessThan(waiting);
      expect(warnings(running)).toEqual([expect.stringMatching(/SPOOL_UNUSABLE.*ENOSPC/)]);
      await everythingArrives(texts(60));
    });

    test('a full disk: what it took outlives kill -9', async () => {
      const disk = mountDisk('100k');
      const running = await failWith(disk);
      const { spooled } = (await running.status()).delivery;
      await running.process.stop('SIGKILL');
      await receiver.up();
      app = await startApp(lane, receiver, disk);
      await poll(() => {
        expect(receiver.eventIds.length).toBeGreaterThanOrEqual(spooled - 1); // one item may be a session
      });
      expect(new Set(receiver.eventIds).size).toBe(receiver.eventIds.length);
      expect(warnings(app)).toEqual([]);
    });

    test('a full disk that has room again before the process ends: all outlives its end', async () => {
      const disk = mountDisk('100k');
      const running = await failWith(disk);
      growDisk(disk, '10m');
      await fetch(`${running.url}/crash/crashed`);
      await poll(() => {
        expect(running.process.child.exitCode).toBe(1);
      });
      app = await startApp(lane, receiver, disk);
      await everythingArrives([...texts(60), 'crashed']);
    });

    test('a full disk takes no heartbeat: what stands on it is still sent', async () => {
      const disk = mountDisk('100k');
      await failWith(disk);
      await pause(6_000); // longer than from one heartbeat to the next
      await everythingArrives(texts(60));
    });

    test('a read-only disk: everything waits in memory, one line says so, all arrives', async () => {
      const disk = mountDisk('10m');
      makeReadOnly(disk);
      const running = await failWith(disk);
      expect((await running.status()).delivery.spooled).toBe(0);
      expect(warnings(running)).toEqual([expect.stringMatching(/SPOOL_UNUSABLE.*EROFS/)]);
      await everythingArrives(texts(60));
    });
  });

  test('a folder below a file: everything waits in memory, one line says so, all arrives', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const running = await failWith(join(file, 'spool'));
    expect(warnings(running)).toEqual([expect.stringMatching(/SPOOL_UNUSABLE.*ENOTDIR/)]);
    await everythingArrives(texts(60));
  });

  const asRoot = process.getuid?.() === 0 ? test : test.skip;
  asRoot.each<[string, string, (folder: string) => void, number | undefined]>([
    [
      'of another user',
      'belongs to another user',
      (folder) => {
        chownSync(folder, NOBODY, NOBODY);
      },
      undefined,
    ],
    [
      'of root, by another user, who may not write there',
      'EACCES',
      (folder) => {
        chmodSync(folder, 0o755);
      },
      NOBODY,
    ],
  ])('a folder %s: everything waits in memory, one line says so, all arrives', async (_title, why, prepare, uid) => {
    const folder = temporaryFolder();
    prepare(folder);
    const running = await failWith(folder, uid);
    expect((await running.status()).delivery.spooled).toBe(0);
    expect(warnings(running)).toEqual([expect.stringMatching(new RegExp(`SPOOL_UNUSABLE.*${why}`))]);
    await everythingArrives(texts(60));
  });

  asRoot(
    'a folder of root that all may write in, as a mounted volume: another user has its own folder there',
    async () => {
      const folder = temporaryFolder();
      chmodSync(folder, 0o777);
      mkdirSync(join(folder, 'of-root'), { mode: 0o700 });
      const running = await failWith(folder, NOBODY);
      const { spooled, waiting } = (await running.status()).delivery;
      expect(spooled).toBe(waiting);
      expect(warnings(running)).toEqual([]);
      await everythingArrives(texts(60));
    },
  );
});
