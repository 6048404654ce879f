/** Deeper nests are refused: parsing them takes far longer than their size suggests, and they cannot be written again. */
const MAX_DEPTH = 500;
/** Characters that one delivery may take to parse: eight times as much as an event may have. */
const MAX_CHARACTERS = 8 * 1024 * 1024;
/**
 * Brackets, commas and colons that one delivery may have: its names and values. A full batch of a thousand streamed spans
 * has about 120,000. Short values cost far more to build than their length suggests.
 */
const MAX_PARTS = 150_000;

/** Begins what is shown of a text that would cost too much to parse. */
export const NOT_READ = 'This payload is ';

/** Thrown for text that is not parsed. */
export class TooCostly extends Error {}

/** Parses JSON within limits on characters and values in total and on depth, which are checked before anything is built. */
export class BoundedJson {
  private charactersLeft = MAX_CHARACTERS;
  private partsLeft = MAX_PARTS;

  /**
   * @throws {TooCostly} if the text is too long, nested too deeply or has too many values
   * @throws {SyntaxError} if it is not JSON
   */
  parse(text: string): unknown {
    if (text.length > this.charactersLeft) throw new TooCostly('too long to be parsed');
    this.charactersLeft -= text.length;
    this.partsLeft -= countParts(text, this.partsLeft);
    return JSON.parse(text);
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
/** `[` and `{`, `]` and `}` differ in this bit. */
const CURLY = 0x20;
const OPEN = 0x5b | CURLY;
const CLOSE = 0x5d | CURLY;

function countParts(text: string, limit: number): number {
  let parts = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at + 1);
    else if (code === COMMA || code === COLON) parts++;
    else if ((code | CURLY) === OPEN) {
      parts++;
      if (++depth > MAX_DEPTH) throw new TooCostly('nested too deeply to be parsed');
    } else if ((code | CURLY) === CLOSE) depth--;
    if (parts > limit) throw new TooCostly('of too many values to be parsed');
  }
  return parts;
}

function endOfString(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
