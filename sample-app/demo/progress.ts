import { paintFor } from './paint.js';

const paint = paintFor(process.stderr);

/** Says on stderr what is going on; stdout is for the account. */
export function progress(text: string): void {
  process.stderr.write(`${paint('dim', text)}\n`);
}
