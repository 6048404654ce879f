import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { laneFolder } from '../harness/app-process';
import { freePort } from '../harness/free-port';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { mainly } from '../harness/scale';

const SOURCES = ['src/main.ts', 'src/app.module.ts', 'src/instrument.ts', '.env.example'];

let around: string;

beforeEach(() => {
  around = mkdtempSync(join(tmpdir(), 'new-project-'));
});
afterEach(() => {
  rmSync(around, { recursive: true, force: true });
});

function start(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^(SENTRY_|NODE_ENV|JEST)/.test(key)),
  );
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const result = { output: '' };
  const collect = (chunk: Buffer) => (result.output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.once('close', (code) => {
      resolve({ code, output: result.output });
    }),
  );
  return { child, ended };
}

// The slowest of all set-ups: a project of Nest 12 in `npm test`, one of each version at full scale.
test.each(mainly('12'))(
  'Nest %s: a new project builds after nest add, and reports its error',
  async (lane) => {
    const installed = join(laneFolder(lane), 'node_modules');
    symlinkSync(installed, join(around, 'node_modules'));
    const folder = join(around, 'shop');
    const nest = (...args: string[]) =>
      start(args[0] === 'new' ? around : folder, [join(installed, '@nestjs/cli/bin/nest.js'), ...args]).ended;
    const files = () => Object.fromEntries(SOURCES.map((path) => [path, read(path)]));
    const read = (path: string) => {
      try {
        return readFileSync(join(folder, path), 'utf8');
      } catch {
        return undefined;
      }
    };
    const write = (path: string, text: string) => {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    };

    await nest('new', 'shop', '--skip-git', '--skip-install', '--package-manager', 'npm');
    const generated = read('src/main.ts') ?? '';
    write('src/main.ts', "import './bootstrap';\n");
    const untouched = files();
    const refused = await nest('add', 'nestjs-error-tracker', '--skip-install');
    expect(refused.output).toContain(
      'src/main.ts does not call NestFactory.create(…). Nothing was changed. Add by hand:',
    );
    expect(refused.code).toBe(lane === '12' ? 1 : 0); // as that version of the CLI exits for every failed schematic
    expect(files()).toEqual(untouched);

    write('src/main.ts', generated);
    const { code, output } = await nest('add', 'nestjs-error-tracker', '--skip-install');
    expect([code, output]).toEqual([0, expect.stringMatching(/CREATE.*src\/instrument.ts/)]);
    const added = files();
    expect((await nest('add', 'nestjs-error-tracker', '--skip-install')).output).toContain('Nothing to be done.');
    expect(files()).toEqual(added);

    write(
      'src/app.service.ts',
      (read('src/app.service.ts') ?? '').replace(/return .*/, "throw new Error('no greeting');"),
    );
    // Its test runner is not installed.
    write('node_modules/vitest/package.json', '{"name":"vitest","exports":{"./globals":{"types":"./globals.d.ts"}}}');
    write('node_modules/vitest/globals.d.ts', '');
    expect(await nest('build')).toEqual({ code: 0, output: '' });

    const receiver = await Receiver.start();
    const port = await freePort();
    const { child, ended } = start(folder, ['dist/main.js'], { SENTRY_DSN: receiver.dsn, PORT: String(port) });
    await poll(async () => {
      expect((await fetch(`http://127.0.0.1:${port}`)).status).toBe(500);
    }, 60_000);
    child.kill();
    await ended;
    await receiver.close();
    expect(receiver.events).toHaveLength(1);
    expect(receiver.events[0]).toMatchObject({
      transaction: 'GET /',
      exception: { values: [{ type: 'Error', value: 'no greeting' }] },
    });
  },
  180_000,
);
