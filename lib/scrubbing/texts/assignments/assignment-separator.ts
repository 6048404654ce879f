import { WIDE_COLON } from '../encodings/character-codes.js';
import { MAX_NAME_LENGTH, isNameCode } from './assignment-name.js';
import { isSwitch } from './command-options.js';
import { isQuote, quoteAt, skipSpaces } from './value-bounds.js';

export const EQUALS = 61;
export const COLON = 58;
export const COMMA = 44;
export const BAR = 124;
const SPACE = 32;
const DASH = 45;
/** Between a bracket or a comma and what follows it, perhaps on the next line. */
const MAX_INDENT = 40;
/** A value that is no plain word or sentence, and what closes the pair. */
const RANDOM_LAST = /,\s{0,40}(["'`])(?=[^"'`\s]{0,400}[^A-Za-z"'`_\s])[^"'`\s]{1,400}\1,?\s{0,40}[\])]/y;
const RANDOM_NEXT = /,\s{0,40}(["'`])(?=[^"'`]{0,400}\d)[^"'`]{6,2000}\1(?=\s{0,40}[,\])])/y;
const COLUMNS =
  /["`]\w{1,64}["`](?:,\s{0,40}["`]\w{1,64}["`]){1,99}\s{0,4}\)\s{0,8}(?:values|select|output|default|overriding|as|returning)\b/iy;
const HEADER = /^(?:[A-Za-z]+(?:-[A-Za-z\d]+){1,6}|(?:proxy-)?authorization|cookie)$/i;
const CONSTANT = /^[A-Z][A-Z\d_]{2,95}$/;

/** The next character that may separate a name from its value; -1 if there is none. */
export function nextSeparator(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 64 && code < BAR) continue; // letters: most of any text
    if (code === EQUALS || code === COLON || code === WIDE_COLON) return at;
    if (code === COMMA && isQuote(text.charCodeAt(at - 1)) && isArgument(text, at)) return at;
    if (code === BAR && text.charCodeAt(at - 1) === BAR && isQuote(text.charCodeAt(skipSpaces(text, at + 1))))
      return at;
  }
  return -1;
}

/** `setenv("API_TOKEN", "…")`, `["password","…"]`: a call or a pair whose first string names the second. */
function isArgument(text: string, comma: number): boolean {
  if (quoteAt(text, skipLines(text, comma + 1)) === 0) return false;
  let at = comma - 2;
  while (at > comma - MAX_NAME_LENGTH && isNameCode(text.charCodeAt(at))) at--;
  const start = at + 1;
  if (text.charCodeAt(start) === 91) return false; // `argument('[password]', 'what it is for')`: the syntax of a command
  if (text.charCodeAt(start) === DASH) return isOption(text, start, comma);
  while (text.charCodeAt(at) === 92 || isQuote(text.charCodeAt(at))) at--;
  const tight = text.charCodeAt(at) > SPACE;
  for (let skipped = 0; skipped < MAX_INDENT && text.charCodeAt(at) <= SPACE; skipped++) at--;
  const open = text.charCodeAt(at);
  if (open === COMMA) return HEADER.test(text.slice(start, comma - 1)) && isRandomNext(text, comma);
  if (open !== 40 && open !== 91) return false;
  if (open === 40 && isColumns(text, start - 1)) return false;
  if (open === 91 && HEADER.test(text.slice(start, comma - 1)) && isRandomNext(text, comma)) return true;
  return tight || (open === 40 && CONSTANT.test(text.slice(start, comma - 1))) || isRandomLast(text, comma);
}

/** `("api_key", "user_id") VALUES`: columns of a statement. */
function isColumns(text: string, from: number): boolean {
  COLUMNS.lastIndex = from;
  return COLUMNS.test(text);
}

/** The element of a list after a comma: on the same line, or alone on the next one. */
export function skipLines(text: string, from: number): number {
  let at = from;
  while (at < from + MAX_INDENT && text.charCodeAt(at) <= SPACE) at++;
  return at;
}

/** `'--token', 'x'` in a printed list of command-line words. */
function isOption(text: string, start: number, comma: number): boolean {
  const next = skipSpaces(text, comma + 1);
  return text.charCodeAt(next + quoteAt(text, next)) !== DASH && !isSwitch(text.slice(start, comma - 1));
}

/** `[ 'password', 'x1' ]`, as `util.inspect` prints a pair; not the names `[ 'password', 'email' ]`. */
function isRandomLast(text: string, comma: number): boolean {
  RANDOM_LAST.lastIndex = comma;
  return RANDOM_LAST.test(text);
}

/** The value of a header in a list of names and values: `[ 'Host', 'a', 'X-Auth-Token', 'x1' ]`. */
function isRandomNext(text: string, comma: number): boolean {
  RANDOM_NEXT.lastIndex = comma;
  return RANDOM_NEXT.test(text);
}

/** `log('password:', x)`: what follows the separator ends the literal in which the name stands. */
export function endsLiteral(text: string, separator: number, name: string): boolean {
  const quote = text.charCodeAt(separator + 1);
  return (
    isQuote(quote) &&
    text.charCodeAt(separator - name.length - 1) === quote &&
    /[\s,;)]/.test(text.charAt(separator + 2))
  );
}

/** `name=value` in an environment, a query or a connection string, which hold no code. */
export function isTight(text: string, separator: number, start: number): boolean {
  return text.charCodeAt(separator) === EQUALS && start === separator + 1 && text.charCodeAt(separator - 1) !== SPACE;
}

/** Skips the rest of `=>`, `==`, `::` and `||`. */
export function skipArrow(text: string, at: number): number {
  let next = at;
  while (next < at + 3 && isArrow(text.charCodeAt(next))) next++;
  return next;
}

function isArrow(code: number): boolean {
  return code === 62 || code === EQUALS || code === COLON || code === BAR;
}
