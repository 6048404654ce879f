import { type Terminal } from '../../lib/cli/terminal.js';

/** A terminal that records its output. */
export interface TestTerminal extends Terminal {
  stdout: string;
  stderr: string;
  /** What Ctrl-C does. */
  interrupt(): void;
}

export function testTerminal({
  input = '',
  colours = false,
}: { input?: string; colours?: boolean } = {}): TestTerminal {
  let interrupt: () => void = () => undefined;
  const interrupted = new Promise<void>((resolve) => (interrupt = resolve));
  const terminal: TestTerminal = {
    stdout: '',
    stderr: '',
    out: (text) => void (terminal.stdout += `${text}\n`),
    err: (text) => void (terminal.stderr += `${text}\n`),
    write: (text) => void (terminal.stdout += text),
    input: async () => input,
    typed: false,
    colours: { out: colours, err: colours },
    interrupted: () => interrupted,
    interrupt,
  };
  return terminal;
}

/** Waits until the condition returns a truthy value. */
export async function until<T>(condition: () => T | undefined | false | '' | null): Promise<T> {
  for (;;) {
    const found = condition();
    if (found) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
