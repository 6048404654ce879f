import { readdirSync, statSync, utimesSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { recoverAbandoned } from '../../lib/delivery/spool/recovery';
import { Spool } from '../../lib/delivery/spool/spool';
import { FaultyReceiver } from '../harness/faulty-receiver';
import { poll } from '../harness/poll';
import { isFull, mainly } from '../harness/scale';
import { startApp, temporaryFolder } from './delivery-app';
import { canRun } from './system';

const UNDER_WAY = 30;
const limits = (directory: string) => ({ directory, maxBytes: 50_000_000, maxAge: 600_000, maxEvents: 20_000 });
const open = (directory: string) => new Spool(limits(directory), 'v1-test', Date.now);

async function adopt(directory: string): Promise<{ names: string[]; damaged: number; spool: Spool }> {
  const spool = open(directory);
  const names: string[] = [];
  let damaged = 0;
  await recoverAbandoned(spool, {
    onFound: (abandoned) => {
      for (const { location } of abandoned) names.push(JSON.parse(spool.read(location!)!.toString()).name);
    },
    onDamaged: () => damaged++,
  });
  return { names, damaged, spool };
}

/** The spool as a file of its own, which a process can load. */
const library = join(temporaryFolder(), 'spool.cjs');

beforeAll(() =>
  build({
    stdin: {
      contents: "export { Spool } from './spool'; export { recoverAbandoned } from './recovery';",
      resolveDir: join(__dirname, '..', '..', 'lib', 'delivery', 'spool'),
    },
    outfile: library,
    bundle: true,
    platform: 'node',
  }),
);

/** A process that opens a spool, and goes on as it is told. */
function spoolProcess(directory: string, script: string, ...before: string[]) {
  const code = `
    const { Spool, recoverAbandoned } = require(${JSON.stringify(library)});
    const spool = new Spool(${JSON.stringify(limits(directory))}, 'v1-test', Date.now);
    ${script}`;
  const [program, ...args] = [...before, process.execPath, '-e', code];
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

test.concurrent.each(mainly('11'))(
  'lane %s: three workers of a cluster, killed at random while Sentry fails: every error arrives',
  async (lane) => {
    const receiver = await FaultyReceiver.start();
    const app = await startApp(lane, receiver, temporaryFolder(), {}, { TELL_HANDED: '1' }, { main: 'cluster' });
    const handed = new Set<string>();
    app.process.child.on('message', (message: any) => {
      for (const value of message.handed ?? []) handed.add(value);
    });
    let kills = 0;
    let answered = 0;
    for (let at = 0; at < 3_000 && handed.size <= 150; at++) {
      receiver.fault = at % 40 < 25 ? 'answers 503' : 'works';
      // A worker that is killed takes its connections along, also those that it was just given and never sees.
      const once = { headers: { connection: 'close' }, signal: AbortSignal.timeout(1_000) };
      // Between two workers nothing listens.
      const isAnswered = await fetch(`${app.url}/fail/error ${at}`, once).then(
        () => true,
        () => pause(50, false),
      );
      if (!isAnswered || ++answered % 30 !== 0) continue;
      app.process.child.send({ kill: true });
      kills++;
    }
    receiver.fault = 'works';
    await poll(() => {
      const arrived = new Set(receiver.values);
      expect([...handed].filter((value) => !arrived.has(value))).toEqual([]);
    }, 40_000);
    await app.process.stop('SIGKILL');
    await receiver.close();
    expect(handed.size).toBeGreaterThan(150);
    expect(receiver.eventIds.length - new Set(receiver.eventIds).size).toBeLessThanOrEqual(kills * UNDER_WAY);
  },
  120_000,
);

test('kill -9 at any moment of taking over what another left: all of it is still there, once', async () => {
  const directory = temporaryFolder();
  const first = open(directory);
  const names = Array.from({ length: 3_000 }, (_, at) => `n${at}`);
  for (const [at, name] of names.entries())
    first.append(Buffer.from(JSON.stringify({ name, filler: 'x'.repeat(3_000) })), at % 2 ? 'error' : 'session', 1, 5);
  first.release(false);
  for (let at = 0; at < (isFull ? 20 : 7); at++) {
    const child = spoolProcess(
      directory,
      `process.stdout.write('opened'); void recoverAbandoned(spool, { onFound() {}, onDamaged() {} }).then(() => process.stdout.write('done'));
       setInterval(() => {}, 1000);`,
    );
    await once(child.stdout, 'data');
    await pause(at * (isFull ? 2 : 6));
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const { names: found, damaged } = await adopt(directory);
  expect(found.sort()).toEqual(names.sort());
  expect(damaged).toBe(0);
});

test('a process that ends while it takes over leaves what it had not looked at to the next', async () => {
  const { directory, names } = { directory: temporaryFolder(), names: ['one', 'two'] };
  const first = open(directory);
  for (const name of names) first.append(Buffer.from(JSON.stringify({ name })), 'error', 1, 5);
  first.release(false);
  const child = spoolProcess(
    directory,
    `void recoverAbandoned(spool, { onFound() {}, onDamaged() {} });
     const { readdirSync } = require('node:fs');
     const isTaking = () => readdirSync(spool.ownFolder, { withFileTypes: true }).some((entry) => entry.isDirectory());
     const look = () => { if (!isTaking()) return setImmediate(look); spool.release(true); process.exit(); };
     look();`,
  );
  await once(child, 'exit');
  expect((await adopt(directory)).names).toEqual(names);
});

const inNamespace = ['unshare', '--pid', '--fork', '--kill-child'] as const;
const withNamespaces = canRun('processes of another container', ...inNamespace, 'true') ? test : test.skip;

withNamespaces(
  'a process in another container is left its folder while its heart beats, and loses it after that',
  async () => {
    const directory = temporaryFolder();
    const child = spoolProcess(
      directory,
      `spool.append(Buffer.from('{"name":"one"}'), 'error', 1, 5); process.stdout.write(spool.ownFolder); setInterval(() => {}, 1000);`,
      ...inNamespace,
    );
    const [folder] = (await once(child.stdout, 'data')) as [Buffer];
    expect((await adopt(directory)).names).toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    // Its pid says nothing here: only the time of its last heartbeat does.
    expect((await adopt(directory)).names).toEqual([]);
    const alive = join(folder.toString(), 'alive');
    const before = new Date(statSync(alive).mtimeMs - 40_000);
    utimesSync(alive, before, before);
    expect((await adopt(directory)).names).toEqual(['one']);
    expect(readdirSync(join(directory, 'v1-test'))).not.toContain(folder.toString().split('/').at(-1));
  },
);
