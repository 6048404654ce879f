/** `npm run test:chaos` says CHAOS=long; without it, as in `npm test`, everything is shorter. */
export const isLong = process.env.CHAOS === 'long';

/** What the runs have measured, for a person to read; Jest's own console would frame every line. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
