import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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
  /** Another user than that of the tests. */
  uid?: number;
  /** The file that is run; default main. */
  main?: string;
  /** Arguments of the command line. */
  args?: string[];
}

/** One of the test applications, in a process of its own, from the packed tarball. */
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
        reject(new Error(`the application ended with ${code}:\n${output}`));
      });
    });
    const app = new AppProcess(child, `http://127.0.0.1:${port}`);
    app.output = output;
    child.stdout?.on('data', (chunk: Buffer) => (app.output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (app.output += chunk.toString()));
    return app;
  }

  /** Lets everything leave and tells what the tracker has counted. */
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

export function spawnApp({
  lane,
  app,
  env,
  nodeOptions = [],
  uid,
  main = 'main',
  args = [],
}: AppOptions): ChildProcess {
  const folder = join(__dirname, '..', '..', '.lanes', lane);
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^(SENTRY_|NODE_ENV|JEST)/.test(key)),
  );
  // Of its own, so that no test gets what another one left.
  const spool = mkdtempSync(join(tmpdir(), 'spool-'));
  const child = fork(join(folder, 'apps', app, `${main}.js`), args, {
    uid,
    gid: uid,
    cwd: folder,
    env: {
      ...inherited,
      SENTRY_THROTTLE: 'false', // most tests look at each event; the budget has tests of its own
      SENTRY_SPOOL_DIR: spool,
      ...env,
    },
    execArgv: nodeOptions,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
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
