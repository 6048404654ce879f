import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const START_MILLISECONDS = 60_000;
const STOP_MILLISECONDS = 5_000;
const KEPT_CHARACTERS = 20_000;

/** A Node.js program that runs until the demo stops it. */
export class ChildProgram {
  /** Settles when the program has exited, for any reason. */
  readonly ended: Promise<unknown>;
  /** The end of its output, for error messages. */
  output = '';
  private readonly child: ChildProcess;
  private onOutput?: () => void;

  constructor(
    private readonly name: string,
    script: string,
    args: string[],
    env: NodeJS.ProcessEnv,
  ) {
    this.child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = once(this.child, 'close');
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-KEPT_CHARACTERS);
        this.onOutput?.();
      });
    }
  }

  /**
   * Waits for the pattern in the program's output, and returns its first group.
   *
   * @throws Error - with the output, if the program exits or takes too long
   */
  says(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        reject(new Error(`${this.name} did not start:\n${this.output}`));
      };
      const timer = setTimeout(giveUp, START_MILLISECONDS);
      void this.ended.then(giveUp);
      this.onOutput = () => {
        const found = pattern.exec(this.output)?.[1];
        if (found === undefined) return;
        clearTimeout(timer);
        resolve(found);
      };
      this.onOutput();
    });
  }

  /** Asks the program to stop, and kills it if it does not. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const insist = setTimeout(() => this.child.kill('SIGKILL'), STOP_MILLISECONDS);
    await this.ended;
    clearTimeout(insist);
  }
}
