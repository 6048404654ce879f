import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const START_MILLISECONDS = 60_000;
const STOP_MILLISECONDS = 5_000;
const KEPT_CHARACTERS = 20_000;

/** A Node program that runs beside the demo until it is stopped. */
export class ChildProgram {
  /** Settles when the program has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
  /** The last that it wrote, for when something goes wrong. */
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
   * What the group of the pattern finds in the program's output, once it is there.
   *
   * @throws Error - with the output, where the program ends or takes too long
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

  /** Asks the program to stop, and makes it where it does not. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const insist = setTimeout(() => this.child.kill('SIGKILL'), STOP_MILLISECONDS);
    await this.ended;
    clearTimeout(insist);
  }
}
