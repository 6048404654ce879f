import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Lane = '11' | '12';
export type Platform = 'express' | 'fastify';

export interface AppOptions {
  lane: Lane;
  /** Folder below test/apps. */
  app: string;
  env?: Record<string, string | undefined>;
  nodeOptions?: string[];
  /** Runs as this user. */
  uid?: number;
  /** The file to run; default main. */
  main?: string;
  /** Arguments of the command line. */
  args?: string[];
}

/** One of the test applications in its own process, with the packed tarball. */
export class AppProcess {
  output = '';
  private constructor(
    readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(options: AppOptions): Promise<AppProcess> {
    const child = spawnApp(options);
    let output = '';
    const collect = (chunk: Buffer) => (output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    const port = await new Promise<number>((resolve, reject) => {
      child.once('message', (message) => {
        resolve((message as { port: number }).port);
      });
      child.once('exit', (code) => {
        reject(new Error(`the application exited with code ${code}:\n${output}`));
      });
    });
    const app = new AppProcess(child, `http://127.0.0.1:${port}`);
    app.output = output;
    child.stdout?.on('data', (chunk: Buffer) => (app.output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (app.output += chunk.toString()));
    return app;
  }

  /** Flushes, then returns the status of the tracker. */
  async status(): Promise<any> {
    const answer = new Promise((resolve) => this.child.once('message', resolve));
    this.child.send('status');
    return answer;
  }

  /** @returns exit code and signal */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; signal: string | null }> {
    const { exitCode, signalCode } = this.child;
    if (exitCode !== null || signalCode !== null) return { code: exitCode, signal: signalCode };
    const ended = ending(this.child);
    this.child.kill(signal);
    return ended;
  }
}

/** DEBUG_APP=output prints what the applications print; DEBUG_APP=inspect also lets each wait for a debugger. */
const debug = process.env.DEBUG_APP;
const PREPARE = 'Run: npm run test:prepare';

/** The folder of a lane, where packages resolve to those that are installed there. */
export function laneFolder(lane: Lane): string {
  if (process.env.TEST_SUITE === 'unit')
    throw new Error('A unit test must not start an application: add its file to .config/jest.applications.cjs.');
  const folder = join(__dirname, '..', '..', '.lanes', lane);
  if (!existsSync(join(folder, '.apps-stamp'))) throw new Error(`Lane ${lane} is not prepared. ${PREPARE}`);
  return folder;
}

export function spawnApp(options: AppOptions): ChildProcess {
  const { lane, app, env, nodeOptions = [], uid, main = 'main', args = [] } = options;
  const folder = laneFolder(lane);
  const file = join(folder, 'apps', app, `${main}.js`);
  if (!existsSync(file)) throw new Error(`${file} does not exist. ${PREPARE}`);
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^(SENTRY_|NODE_ENV|JEST)/.test(key)),
  );
  // Its own, so that no test sends the events of another.
  const spool = mkdtempSync(join(tmpdir(), 'spool-'));
  const child = fork(file, args, {
    uid,
    gid: uid,
    cwd: folder,
    env: {
      ...inherited,
      SENTRY_THROTTLE: 'false', // most tests assert on every event; throttling has its own tests
      SENTRY_SPOOL_DIR: spool,
      ...env,
    },
    execArgv: debug === 'inspect' && env?.BARE !== '1' ? ['--inspect-brk=0', ...nodeOptions] : nodeOptions,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  if (debug !== undefined) {
    child.stdout?.pipe(process.stdout, { end: false });
    child.stderr?.pipe(process.stderr, { end: false });
  }
  child.once('exit', () => {
    rmSync(spool, { recursive: true, force: true });
  });
  return child;
}

export function ending(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) =>
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    }),
  );
}
