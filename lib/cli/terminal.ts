import { type WriteStream } from 'node:tty';

/** Input and output of a command; tests pass their own. */
export interface Terminal {
  /** Prints results, which another program may read: one or more lines, without the last newline. */
  out(text: string): void;
  /** Prints progress and errors. */
  err(text: string): void;
  /** Prints results as they are, including their own last newline. */
  write(text: string): void;
  /** Reads all of standard input, as UTF-8. */
  input(): Promise<string>;
  /** Whether standard input is a terminal, so that somebody has to type it. */
  readonly typed: boolean;
  /** Whether results and errors may have colours. */
  readonly colours: { readonly out: boolean; readonly err: boolean };
  /** Resolves at the first SIGINT or SIGTERM from now on; a second one ends the process as usual. */
  interrupted(): Promise<void>;
}

/** The terminal or the pipes of this process. */
export function processTerminal(): Terminal {
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    write: (text) => void process.stdout.write(text),
    async input() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    },
    typed: process.stdin.isTTY,
    colours: { out: hasColours(process.stdout), err: hasColours(process.stderr) },
    interrupted: () =>
      new Promise((resolve) => {
        const interrupt = (): void => {
          process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
          resolve();
        };
        process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
      }),
  };
}

function hasColours(stream: WriteStream): boolean {
  // Both: FORCE_COLOR makes hasColors() true for a pipe; hasColors() respects NO_COLOR and dumb terminals.
  return stream.isTTY && stream.hasColors();
}
