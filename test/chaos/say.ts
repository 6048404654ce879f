/** Prints measurements for a reader; Jest's own console would frame every line. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
