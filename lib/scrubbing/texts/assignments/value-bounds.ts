/** Finds the end of a value in running text. Every function reads each character once. */

import { entityAt } from './quote-entities.js';

const BACKSLASH = 92;

/** Length of the opening quote here, with escapes and the prefix of a Python literal; 0 if there is none. */
export function quoteAt(text: string, at: number): number {
  let next = at;
  const first = text.charCodeAt(next);
  if (isPythonPrefix(first) && isQuote(text.charCodeAt(next + 1))) return 2;
  const entity = entityAt(text, at);
  if (entity) return entity.length;
  if (isTriple(text, at)) return 3;
  while (next < at + 8 && text.charCodeAt(next) === BACKSLASH) next++;
  return isQuote(text.charCodeAt(next)) ? next + 1 - at : 0;
}

/** `b'…'`, `f'…'`, `r'…'`, `u'…'`. */
function isPythonPrefix(code: number): boolean {
  return code === 98 || code === 102 || code === 114 || code === 117;
}

/** Three quotes, as of TOML, Python and GraphQL; not the two of an empty text. */
function isTriple(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code === 34 || code === 39) && text.charCodeAt(at + 1) === code && text.charCodeAt(at + 2) === code;
}

/** The end of the quoted text whose opening quote spans `open` to `start`; the end of the text if it is not closed. */
export function endOfQuoted(text: string, open: number, start: number): number {
  const entity = entityAt(text, open);
  if (entity) {
    const end = text.indexOf(entity, start);
    return end === -1 ? text.length : end;
  }
  if (start - open === 3 && isTriple(text, open)) {
    const end = text.indexOf(text.slice(open, start), start);
    return end === -1 ? text.length : end;
  }
  const quote = text.charCodeAt(start - 1);
  const escapes = text.charCodeAt(open) === BACKSLASH ? start - 1 - open : 0;
  let backslashes = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) {
      backslashes++;
      continue;
    }
    if (code === quote) {
      if (escapes === 0 ? backslashes % 2 === 0 : backslashes <= escapes) return at - Math.min(backslashes, escapes);
    }
    backslashes = 0;
  }
  return text.length;
}

/** The end of the list or object that opens here; `limit` if it is not closed before. */
export function endOfContainer(text: string, start: number, limit = text.length): number {
  let depth = 0;
  for (let at = start; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at = endOfQuoted(text, at, at + 1);
    } else if (code === 123 || code === 91) {
      depth++;
    } else if (code === 125 || code === 93) {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return limit;
}

/** Lines of one value of a `.properties` file, each ended by a backslash. */
export function endOfContinued(text: string, end: number): number {
  let at = end;
  for (let lines = 0; lines < MAX_CONTINUED && text.charCodeAt(at - 1) === BACKSLASH; lines++) {
    const line = text.charCodeAt(at) === 13 ? at + 1 : at;
    if (text.charCodeAt(line) !== 10) break;
    const start = skipSpaces(text, line + 1);
    at = endOfBare(text, start, true);
    if (at === start) break;
  }
  return at;
}
const MAX_CONTINUED = 100;

/** The end of a text whose quotes are doubled, as in YAML and SQL: `'it''s x'`. */
export function endOfDoubled(text: string, end: number): number {
  let at = end;
  while (text.charCodeAt(at) === 39 && text.charCodeAt(at + 1) === 39 && text.charCodeAt(at - 1) !== 39)
    at = endOfQuoted(text, at + 1, at + 2);
  return at;
}

/** The end of the line, or the quote that closes the one at `before`. */
export function endOfLine(text: string, start: number, before: number): number {
  const enclosing = before >= 0 && isQuote(text.charCodeAt(before)) ? text.charCodeAt(before) : -1;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13 || code === enclosing) return at;
  }
  return text.length;
}

/**
 * The end of a value without quotes. After `=`, brackets and single commas belong to it; after `:`, they end it.
 */
export function endOfBare(text: string, start: number, afterEquals: boolean): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === 38 || code === 59 || isQuote(code) || code === 60 || code === 62) break;
    if (code === BACKSLASH && (escapesEnd(text, at) || (!afterEquals && text.startsWith('\\r\\n', at)))) break;
    if (afterEquals) {
      if (code === 44 && endsList(text, at + 1)) break;
    } else if (code === 44 || code === 41 || code === 93 || code === 125 || code === 124) break;
  }
  if (!afterEquals) return at;
  if (at === start || !isCloser(text.charCodeAt(at - 1)) || openBefore(text, start, BRACKETS, ENCLOSING) === -1)
    return at;
  while (at > start && isCloser(text.charCodeAt(at - 1))) at--;
  return at;
}

/** The backslashes here escape a quote: the text is quoted inside another one. */
function escapesEnd(text: string, from: number): boolean {
  let at = from;
  while (at < from + 8 && text.charCodeAt(at) === BACKSLASH) at++;
  return isQuote(text.charCodeAt(at));
}

/** Options of `mount` that have no value. */
const MOUNTED =
  /(?:rw|ro|nosuid|nodev|noexec|noauto|nofail|_netdev|noperm|nobrl|seal|soft|hard|sync|async|nounix)(?=[\s,"']|$)/y;

/** After a comma: a space, the end, the next `name=`, or an option of `mount`. */
function endsList(text: string, from: number): boolean {
  let at = from;
  if (at >= text.length) return true;
  MOUNTED.lastIndex = from;
  if (MOUNTED.test(text)) return true;
  while (at < from + 64) {
    const code = text.charCodeAt(at);
    if (code === 61 || code === 58) return at > from;
    if (!(
      (code >= 97 && code <= 122) ||
      (code >= 65 && code <= 90) ||
      (code >= 48 && code <= 57) ||
      code === 95 ||
      code === 45
    )) {
      return at === from && (code <= 32 || isQuote(code));
    }
    at++;
  }
  return false;
}

/** Pairs of brackets: each one that opens, and the one that closes it. */
export const BRACES = '{}';
const BRACKETS = '()[]{}';
/** How far back the bracket is searched that encloses `user=kim, password=x`. */
const ENCLOSING = 200;

function isCloser(code: number): boolean {
  return code === 41 || code === 93 || code === 125;
}

/** The bracket that opens what holds this position, if it is near; -1 if there is none. */
export function openBefore(text: string, from: number, pairs: string, far: number): number {
  let depth = 0;
  for (let at = from - 1; at >= 0 && at > from - far; at--) {
    const kind = pairs.indexOf(text.charAt(at));
    if (kind === -1) continue;
    if (kind % 2 === 1) depth++;
    else if (depth-- === 0) return at;
  }
  return -1;
}

/** The bracket that closes it, or how far it was searched. */
export function closeAfter(text: string, from: number, pairs: string, far: number): number {
  let depth = 0;
  const limit = Math.min(text.length, from + far);
  for (let at = from; at < limit; at++) {
    const kind = pairs.indexOf(text.charAt(at));
    if (kind === -1) continue;
    if (kind % 2 === 0) depth++;
    else if (depth-- === 0) return at;
  }
  return limit;
}

export function isQuote(code: number): boolean {
  return code === 34 || code === 39 || code === 96;
}

/** Skips spaces and tabs, 16 at most. */
export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < from + 16 && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at++;
  return at;
}
