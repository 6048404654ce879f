/** Deeper nests are refused: parsing them takes far longer than their size suggests, and they cannot be written again. */
const MAX_DEPTH = 500;
/** Characters that one delivery may take to parse: eight times as much as an event may have. */
const MAX_CHARACTERS = 8 * 1024 * 1024;

/** Thrown for text that is not parsed. */
export class TooCostly extends Error {}

/** Parses JSON within a limit on characters in total and on depth, which is checked before anything is built. */
export class BoundedJson {
  private left = MAX_CHARACTERS;

  /**
   * @throws {TooCostly} if the text is too long or nested too deeply
   * @throws {SyntaxError} if it is not JSON
   */
  parse(text: string): unknown {
    if (text.length > this.left) throw new TooCostly('too long to be parsed');
    this.left -= text.length;
    if (isDeeperThan(text, MAX_DEPTH)) throw new TooCostly('nested too deeply to be parsed');
    return JSON.parse(text);
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{`, `]` and `}` differ in this bit. */
const CURLY = 0x20;
const OPEN = 0x5b | CURLY;
const CLOSE = 0x5d | CURLY;

function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at + 1);
    else if ((code | CURLY) === OPEN && ++depth > limit) return true;
    else if ((code | CURLY) === CLOSE) depth--;
  }
  return false;
}

function endOfString(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
