/** Escape sequences that colour a terminal, as they are or as JSON writes them. */
const COLOURS = /(?:\x1b|\\u001[bB]|\\x1[bB])\[[\d;]{0,16}m/g;
const ESCAPES = ['\x1b[', '\\u001b[', '\\u001B[', '\\x1b[', '\\x1B['];

/** A text without its colours: they stand between names, separators and values, and mean nothing. */
export function withoutColours(text: string): string {
  return ESCAPES.some((escape) => text.includes(escape)) ? text.replace(COLOURS, '') : text;
}
