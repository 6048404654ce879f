import { type WriteStream } from 'node:tty';

/** What a command may do to the outside; tests hand over one of their own. */
export interface Terminal {
  /** Results: what another program would read. One line or more, without the last newline. */
  out(text: string): void;
  /** Progress and complaints. */
  err(text: string): void;
  /** Text as it is, for results whose last newline is their own. */
  write(text: string): void;
  /** All of the standard input, as UTF-8. */
  input(): Promise<string>;
  /** Whether somebody would have to type the standard input. */
  readonly typed: boolean;
  /** Whether results, and whether complaints, may have colours. */
  readonly colours: { readonly out: boolean; readonly err: boolean };
  /** Settles at the first SIGINT or SIGTERM from now on; a second one ends the process as ever. */
  interrupted(): Promise<void>;
}

/** The terminal, or the pipes, that this process was started with. */
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
        const ended = (): void => {
          process.off('SIGINT', ended).off('SIGTERM', ended);
          resolve();
        };
        process.on('SIGINT', ended).on('SIGTERM', ended);
      }),
  };
}

function hasColours(stream: WriteStream): boolean {
  // Both, as FORCE_COLOR makes hasColors() true for a pipe; hasColors() knows NO_COLOR and dumb terminals.
  return stream.isTTY && stream.hasColors();
}
