import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment } from './run-command.mjs';

const START_TIMEOUT = 30_000;
const END_TIMEOUT = 15_000;

/** The compiled application in a process of its own. */
export class ConsumerProcess {
  output = '';
  #child;
  #ended;

  constructor(project, { main, flags = [], node, env = {} }) {
    this.#child = fork(join(project.output, main), {
      cwd: project.folder,
      execPath: node,
      execArgv: flags,
      env: { ...cleanEnvironment, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (chunk) => (this.output += chunk));
    }
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve(signal ?? code));
    });
  }

  /** Starts the application with events that go to a receiver, if there is one; sets `url`. */
  static async start(project, { receiver, env, ...options }) {
    const spool = mkdtempSync(join(tmpdir(), 'matrix-spool-'));
    const sentry = receiver && {
      SENTRY_DSN: receiver.dsn,
      SENTRY_ENVIRONMENT: 'matrix',
      SENTRY_TRACES_SAMPLE_RATE: '1',
      SENTRY_THROTTLE: 'false',
      SENTRY_SPOOL_DIR: spool,
    };
    const app = new ConsumerProcess(project, { ...options, env: { ...sentry, ...env } });
    void app.#ended.then(() => rmSync(spool, { recursive: true, force: true }));
    const { url } = await app.#nextMessage(START_TIMEOUT);
    app.url = url;
    return app;
  }

  /** Waits until all events have been sent. */
  async flush() {
    const answer = this.#nextMessage(START_TIMEOUT);
    this.#child.send('flush');
    const { flushed, isShared } = await answer;
    if (!isShared) throw new Error('the plugin has another tracker than the application');
    if (!flushed) throw new Error('not everything has been sent within 5 s');
  }

  /** @returns the exit code, or the signal that has ended the process */
  async end(signal) {
    if (signal) this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), END_TIMEOUT);
    const end = await this.#ended;
    clearTimeout(timer);
    return end;
  }

  #nextMessage(timeout) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer within ${timeout} ms\n${this.output}`)), timeout);
      this.#child.once('message', (message) => {
        clearTimeout(timer);
        resolve(message);
      });
      void this.#ended.then((end) => {
        clearTimeout(timer);
        reject(new Error(`the application has ended (${end})\n${this.output}`));
      });
    });
  }
}
