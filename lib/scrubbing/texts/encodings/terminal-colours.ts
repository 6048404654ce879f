/** Escape sequences that colour a terminal, as they are or as JSON writes them. */
const ESCAPES = ['\x1b[', '\\u001b[', '\\u001B[', '\\x1b[', '\\x1B['];
const COLOURS = new RegExp(
  `(?:${ESCAPES.map((escape) => escape.replace(/[\\[]/g, '\\$&')).join('|')})[\\d;]{0,16}m`,
  'g',
);

/** A text without its colours: they stand between names, separators and values, and mean nothing. */
export function withoutColours(text: string): string {
  return ESCAPES.some((escape) => text.includes(escape)) ? text.replace(COLOURS, '') : text;
}
