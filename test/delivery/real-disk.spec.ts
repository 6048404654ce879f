import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { poll } from '../harness/poll';
import { mainly, representative, variation } from '../harness/scale';
import { scenario, temporaryFolder, type DeliveryApp, type Scenario } from './delivery-app';
import { canMount, growDisk, makeReadOnly, mountDisk, unmountAll } from './system';

/** Tests run concurrently, and share the processors. */
jest.setTimeout(120_000);

const NOBODY = 65_534;
const texts = (count: number, name = 'failure') => Array.from({ length: count }, (_, at) => `${name} ${at}`);
const warnings = (app: DeliveryApp) => app.process.output.match(/\[SPOOL_\w+\].*/g) ?? [];
const withDisks = canMount() ? describe : describe.skip;

afterAll(unmountAll);

/** Sixty failures while Sentry is away; all requests are answered as ever. */
async function failWith({ receiver, start }: Scenario, directory: string, uid?: number): Promise<DeliveryApp> {
  await receiver.down();
  const app = await start({}, {}, { directory, uid });
  expect(await app.failAll(texts(60))).toEqual(Array(60).fill(500));
  await poll(async () => {
    const { delivered, waiting, dropped } = (await app.status()).delivery;
    expect({ delivered, dropped, haveCome: waiting >= 60 }).toEqual({ delivered: 0, dropped: {}, haveCome: true });
  });
  return app;
}

/** Sentry is back: everything arrives, once, and nothing waits any longer. */
async function recovers(
  { receiver, everythingArrives }: Scenario,
  app: DeliveryApp,
  expected: readonly string[] = texts(60),
): Promise<void> {
  await receiver.up();
  await everythingArrives(expected);
  await poll(async () => {
    expect((await app.status()).delivery).toMatchObject({ waiting: 0, dropped: {} });
  });
  expect(receiver.eventIds).toHaveLength(expected.length);
}

describe.each(mainly('11'))('lane %s', (lane) => {
  withDisks('with a disk of its own', () => {
    test.concurrent(
      'a full disk: what it took stays there, the rest waits in memory, one line says so, all arrives',
      scenario(lane, async (context) => {
        const running = await failWith(context, mountDisk('100k'));
        const { spooled, waiting } = (await running.status()).delivery;
        expect(spooled).toBeGreaterThan(2);
        expect(spooled).toBeLessThan(waiting);
        expect(warnings(running)).toEqual([expect.stringMatching(/SPOOL_UNUSABLE.*ENOSPC/)]);
        await recovers(context, running);
      }),
    );

    variation.concurrent(
      'a full disk: what it took outlives kill -9',
      scenario(lane, async (context) => {
        const disk = mountDisk('100k');
        const running = await failWith(context, disk);
        const { spooled } = (await running.status()).delivery;
        await running.process.stop('SIGKILL');
        await context.receiver.up();
        const app = await context.start({}, {}, { directory: disk });
        await poll(() => {
          expect(context.receiver.eventIds.length).toBeGreaterThanOrEqual(spooled - 1); // one item may be a session
        });
        expect(new Set(context.receiver.eventIds).size).toBe(context.receiver.eventIds.length);
        expect(warnings(app)).toEqual([]);
      }),
    );

    variation.concurrent(
      'a full disk that has room again before the process ends: all outlives its end',
      scenario(lane, async (context) => {
        const disk = mountDisk('100k');
        const running = await failWith(context, disk);
        growDisk(disk, '10m');
        await fetch(`${running.url}/crash/crashed`);
        await poll(() => {
          expect(running.process.child.exitCode).toBe(1);
        });
        const app = await context.start({}, {}, { directory: disk });
        await recovers(context, app, [...texts(60), 'crashed']);
      }),
    );

    variation.concurrent(
      'a full disk takes no heartbeat: what stands on it is still sent',
      scenario(lane, async (context) => {
        const disk = mountDisk('100k');
        const running = await failWith(context, disk);
        await pause(6_000); // longer than from one heartbeat to the next
        await recovers(context, running);
      }),
    );

    test.concurrent(
      'a read-only disk: everything waits in memory, one line says so, all arrives',
      scenario(lane, async (context) => {
        const disk = mountDisk('10m');
        makeReadOnly(disk);
        const running = await failWith(context, disk);
        expect((await running.status()).delivery.spooled).toBe(0);
        expect(warnings(running)).toEqual([expect.stringMatching(/SPOOL_UNUSABLE.*EROFS/)]);
        await recovers(context, running);
      }),
    );
  });

  variation.concurrent(
    'a folder below a file: everything waits in memory, one line says so, all arrives',
    scenario(lane, async (context) => {
      const file = join(temporaryFolder(), 'file');
      writeFileSync(file, '');
      const running = await failWith(context, join(file, 'spool'));
      expect(warnings(running)).toEqual([expect.stringMatching(/SPOOL_UNUSABLE.*ENOTDIR/)]);
      await recovers(context, running);
    }),
  );

  const asRoot = process.getuid?.() === 0 ? test.concurrent : test.concurrent.skip;
  const foreign: [string, string, (folder: string) => void, number | undefined][] = [
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
  ];
  asRoot.each(representative(foreign, (_row, at) => at === 1))(
    'a folder %s: everything waits in memory, one line says so, all arrives',
    (_title, why, prepare, uid) =>
      scenario(lane, async (context) => {
        const folder = temporaryFolder();
        prepare(folder);
        const running = await failWith(context, folder, uid);
        expect((await running.status()).delivery.spooled).toBe(0);
        expect(warnings(running)).toEqual([expect.stringMatching(new RegExp(`SPOOL_UNUSABLE.*${why}`))]);
        await recovers(context, running);
      })(),
  );

  asRoot(
    'a folder of root that all may write in, as a mounted volume: another user has its own folder there',
    scenario(lane, async (context) => {
      const folder = temporaryFolder();
      chmodSync(folder, 0o777);
      mkdirSync(join(folder, 'of-root'), { mode: 0o700 });
      const running = await failWith(context, folder, NOBODY);
      const { spooled, waiting } = (await running.status()).delivery;
      expect(spooled).toBe(waiting);
      expect(warnings(running)).toEqual([]);
      await recovers(context, running);
    }),
  );
});
