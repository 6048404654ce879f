import { spawn } from 'node:child_process';
import { clearTimeout, setTimeout } from 'node:timers';
import { warnOnce } from '../warn-once.js';

/** How long a file system may take to answer until that is printed, in milliseconds. */
const PATIENCE = 2_000;
/** Creates a file, because a file system may answer questions from its cache. Whether it succeeds does not matter. */
const SCRIPT = 'umask 077; set -C; mkdir -p -- "$1"; : > "$1/.answers-$$" && rm -f -- "$1/.answers-$$"; exit 0';

/**
 * Finds out whether a file system answers at all, in a process of its own: a call that never returns cannot be ended,
 * and a thread with such a call keeps the process from ending.
 */
export class AccessProbe {
  private readonly giveUp: NodeJS.Timeout;
  private readonly child;
  private isOver = false;

  /** @param onAnswer - called once it has answered, whenever that is */
  constructor(directory: string, onAnswer: () => void, command = ['/bin/sh', '-c', SCRIPT, 'sh']) {
    const [program = '', ...rest] = command;
    this.child = spawn(program, [...rest, directory], { cwd: '/', stdio: 'ignore' });
    this.child.unref();
    this.giveUp = setTimeout(() => {
      warnOnce(
        'SPOOL_UNRESPONSIVE',
        `The file system of the spool in ${directory} does not answer: events that Sentry does not accept at once wait ` +
          'in memory until it does. Set SENTRY_SPOOL_DIR to a local folder, or disable the spool with spool: false.',
      );
    }, PATIENCE).unref();
    const answered = () => {
      if (this.isOver) return;
      this.end();
      onAnswer();
    };
    this.child.once('exit', answered);
    this.child.once('error', answered); // no shell: nothing can be found out
  }

  /** Ends the probe without an answer. */
  stop(): void {
    if (this.isOver) return;
    this.end();
    this.child.kill('SIGKILL');
  }

  private end(): void {
    this.isOver = true;
    clearTimeout(this.giveUp);
  }
}
