import { paintFor } from './paint.js';

const paint = paintFor(process.stderr);

/** Writes progress to stderr; stdout is for the result. */
export function progress(text: string): void {
  process.stderr.write(`${paint('dim', text)}\n`);
}
