/** ANSI codes by meaning: start and end. */
const CODES = { strong: [1, 22], dim: [2, 22], good: [32, 39], bad: [31, 39] } as const;

/** Returns a function that colours text, or leaves it unchanged if `colours` is false. */
export function painter(colours: boolean): (meaning: keyof typeof CODES, text: string) => string {
  if (!colours) return (_meaning, text) => text;
  return (meaning, text) => `\u001b[${CODES[meaning][0]}m${text}\u001b[${CODES[meaning][1]}m`;
}
