import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ending } from '../harness/app-process';
import { poll } from '../harness/poll';
import { mainly } from '../harness/scale';
import { QueuesApp } from '../jobs/queues-app';

const start = (env: Record<string, string> = {}) => QueuesApp.start(lane, env, [], 'schedules');
const [lane = '11'] = mainly('11');
const checkIns = ({ receiver }: QueuesApp): any[] =>
  receiver.items.filter(({ type }) => type === 'check_in').map(({ payload }) => payload);

/** Begins two runs, and returns the ids of their check-ins. */
async function begin(app: QueuesApp, fire = 'overlapping'): Promise<string[]> {
  await app.tell({ fire, times: 2 });
  await poll(async () => {
    await app.status();
    expect(checkIns(app).map(({ status }) => status)).toEqual(['in_progress', 'in_progress']);
  });
  return checkIns(app).map(({ check_in_id }) => check_in_id);
}

async function failed(app: QueuesApp, ids: string[]): Promise<void> {
  await poll(() => {
    const ended = checkIns(app).filter(({ status }) => status !== 'in_progress');
    expect(ended.map(({ status }) => status)).toEqual(['error', 'error']);
    expect(ended.map(({ check_in_id }) => check_in_id).sort()).toEqual([...ids].sort());
  });
}

test('app.close() ends the check-ins of what still runs as failed, once', async () => {
  const app = await start();
  const ids = await begin(app);
  await app.tell({ close: true });
  await failed(app, ids);
  await app.tell({ release: 2 });
  await app.status();
  expect(checkIns(app)).toHaveLength(4);
  await app.stop(false);
});

test('it ends those of @SentryCron as well', async () => {
  const app = await start();
  const ids = await begin(app, 'overlapping-sentry');
  await app.tell({ close: true });
  await failed(app, ids);
  expect(new Set(checkIns(app).map(({ monitor_slug }) => monitor_slug))).toEqual(new Set(['of-sentry-overlapping']));
  await app.stop(false);
});

test('so does SIGTERM, with shutdown hooks', async () => {
  const app = await start();
  const ids = await begin(app);
  const ended = await app.app.stop('SIGTERM');
  expect(ended.signal).toBe('SIGTERM');
  await failed(app, ids);
  await app.receiver.close();
});

test('an uncaught exception ends them, too', async () => {
  const app = await start();
  const ids = await begin(app);
  const end = ending(app.app.child);
  app.app.child.send({ crash: true });
  expect((await end).code).toBe(1);
  await failed(app, ids);
  await app.receiver.close();
});

test('process.exit() keeps them on disk, and the next process sends them', async () => {
  const spool = mkdtempSync(join(tmpdir(), 'interrupted-'));
  const app = await start({ SENTRY_SPOOL_DIR: spool });
  const ids = await begin(app);
  const end = ending(app.app.child);
  app.app.child.send({ exit: true });
  expect((await end).code).toBe(3);
  const next = await start({ SENTRY_SPOOL_DIR: spool, SENTRY_DSN: app.receiver.dsn });
  await failed(app, ids);
  await Promise.all([next.stop(false), app.receiver.close()]);
  rmSync(spool, { recursive: true, force: true });
});

test('monitors: false sends no check-ins', async () => {
  const app = await start({ SCHEDULE: JSON.stringify({ monitors: false }) });
  await app.tell({ fire: 'own' });
  await app.tell({ fire: 'dynamic-failing' });
  await app.events('failure of a dynamic job', 1);
  expect(checkIns(app)).toEqual([]);
  await app.stop(false);
});

test('defaults of the module, and an application that leaves schedules as they are', async () => {
  const app = await start({ SCHEDULE: JSON.stringify({ monitors: { maxRuntime: '10m', recoveryThreshold: 5 } }) });
  await app.tell({ fire: 'own' });
  await app.tell({ fire: 'nightly' });
  await poll(async () => {
    await app.status();
    const configs = checkIns(app).map(({ monitor_slug, monitor_config: config }) => [
      monitor_slug,
      config?.max_runtime,
      config?.recovery_threshold,
    ]);
    expect(configs).toEqual(
      expect.arrayContaining([
        ['own_slug', 2, 3],
        ['nightly', 10, 5],
      ]),
    );
  });
  const untracked = await start({ MODULE: JSON.stringify({ integrations: { schedule: false } }) });
  await untracked.tell({ fire: 'failing' });
  await untracked.tell({ fire: 'dynamic-failing' });
  await untracked.status();
  expect(untracked.receiver.items.map(({ type }) => type)).not.toContain('check_in');
  expect(untracked.receiver.events).toEqual([]);
  await Promise.all([app.stop(false), untracked.stop(false)]);
});
