const QUOTES = new Set(['"', "'", '`']);
/** As in a query or a connection string: code has no such pair without a space, or has it outside of literals. */
const TIGHT_PAIR = /[\w.-]{2}=[^\s=]/;

/** Scrubs literals in a line of source code that hold pairs of a name and a value: `'https://…?token=x'`. */
export function scrubSourceLiterals(line: string, scrub: (literal: string) => string): string {
  let out = '';
  let copied = 0;
  const unclosed = new Set<string>();
  for (let at = 0; at < line.length; at++) {
    const quote = line.charAt(at);
    if (!QUOTES.has(quote) || unclosed.has(quote)) continue;
    const end = endOfLiteral(line, at + 1, quote);
    if (end === -1) {
      unclosed.add(quote);
      continue;
    }
    const literal = line.slice(at + 1, end);
    const clean = TIGHT_PAIR.test(literal) ? scrub(literal) : literal;
    if (clean !== literal) {
      out += line.slice(copied, at + 1) + clean;
      copied = end;
    }
    at = end;
  }
  return copied === 0 ? line : out + line.slice(copied);
}

/** @returns -1 if nothing closes it */
function endOfLiteral(line: string, from: number, quote: string): number {
  for (let at = from; at < line.length; at++) {
    const character = line.charAt(at);
    if (character === '\\') at++;
    else if (character === quote) return at;
  }
  return -1;
}
