import { PREFIXES } from './provider-keys.js';
import { SPOKEN_NAMES } from './spoken-secrets.js';

/** One cheap look at a text: which signs are in it, so that a rule runs only where it can match. */

export const AT = 1;
export const ASSIGN = 2;
export const ANGLE = 4;
export const PERCENT = 8;
export const SPACE = 32;
/** A word begins with a dash: an option, or the line of a PEM block. */
export const DASH = 64;
export const SLASH = 128;
export const QUOTE = 256;
/** A run of token characters is long enough for a key, or a sign stands that some keys have. */
export const LONG_TOKEN = 512;
/** A run begins like the key of a provider. */
export const KEY_PREFIX = 1024;
/** Digits enough for a card or a social security number, or the beginning of an IBAN. */
export const DIGITS = 2048;
/** Three dots and four digits, or two colons. */
export const ADDRESS = 4096;
/** The name of an HTTP authentication scheme, or the word before a spoken secret: `the password is …`. */
export const SCHEME = 8192;
/** Characters that take more than one byte as JSON. */
export const WIDE = 16384;
/** Something that stands inside the keys without a fixed beginning. */
export const LOOSE = 32768;

/** A text in quotes and a comma, or a bar: what stands in front may name what follows. */
export const PAIR = 65536;

const ALL = 131071;

const COMMA = 1 << 17;
const DOT = 1 << 18;
const COLON = 1 << 19;

const ALPHA = 1 << 20;
const DIGIT = 1 << 21;
/** Joins the parts of one word. */
const JOINT = 1 << 22;
/** Inside some keys, between their words. */
const LINK = 1 << 23;

const SHORTEST_TOKEN = 13;
const LONGEST_SCHEME = 16;
const FEWEST_DIGITS = 9;
const DASH_CODE = 45;

const SIGNS = new Int32Array(128);
function add(code: number, bits: number): void {
  SIGNS[code] = (SIGNS[code] ?? 0) | bits;
}
function sign(characters: string, bits: number): void {
  for (let at = 0; at < characters.length; at++) add(characters.charCodeAt(at), bits);
}
sign('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', ALPHA);
sign('0123456789', DIGIT);
sign('-', JOINT);
sign('_', JOINT);
sign('.', DOT | LINK);
sign('/', SLASH | LINK);
sign('+$', LINK);
sign('@', AT);
sign('=', ASSIGN);
sign(':', ASSIGN | COLON);
sign(',', COMMA);
sign('<', ANGLE);
sign('%', PERCENT);
sign(' \t\n', SPACE);
sign('"\'`', QUOTE);
sign('"\\', WIDE);
sign('~|', LOOSE);
sign('|', PAIR);
for (let code = 0; code < 32; code++) add(code, WIDE);

/** Whether a word of this length with these first and last letters may be the name of a scheme. */
const SCHEMES = new Uint8Array(32 << 10);
for (const name of [
  'bearer',
  'basic',
  'digest',
  'token',
  'apikey',
  'geniekey',
  'ssws',
  'negotiate',
  'ntlm',
  'hawk',
  'aws4-hmac-sha256',
]) {
  SCHEMES[(name.length << 10) | ((name.charCodeAt(0) & 31) << 5) | (name.charCodeAt(name.length - 1) & 31)] = 1;
}

SCHEMES[(7 << 10) | (1 << 5) | (49 & 31)] = 2; // `atlasv1`, HashiCorp's
for (const name of SPOKEN_NAMES) {
  const place = (name.length << 10) | ((name.charCodeAt(0) & 31) << 5) | (name.charCodeAt(name.length - 1) & 31);
  SCHEMES[place] ||= 1;
}

/** The same of its length and last letter alone. */
const ENDS = new Uint8Array(32 << 5);
for (let at = 0; at < SCHEMES.length; at++) {
  if (SCHEMES[at]) ENDS[((at >> 10) << 5) | (at & 31)] = 1;
}

/** Whether these two characters begin a key. */
const STARTS = new Uint8Array(128 * 128);
for (const prefix of PREFIXES) {
  const first = prefix.charCodeAt(0);
  if (prefix.length > 1) STARTS[first * 128 + prefix.charCodeAt(1)] = 1;
  else STARTS.fill(1, first * 128, first * 128 + 128);
}

export function isWide(signs: number): boolean {
  return (signs & WIDE) !== 0;
}

/** The signs in the text, as bits. Letters and digits, nearly all of a text, take the short ways through the loop. */
export function signsOf(text: string): number {
  let bits = 0;
  let start = 0;
  let chain = 0; // where the words began that only dots, slashes and the like join: `SG.…`, `glc_a/b+c`
  let inner = 0; // signs of the parts of a word; they count where it is long enough
  let previous = 0;
  let digits = 0;
  let digit = -3; // where the last one stands
  let run = 0; // of digits, with at most one sign between two of them
  let country = false;
  let dots = 0;
  let colons = 0;
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    const own = code < 128 ? (SIGNS[code] as number) : WIDE;
    if (own & ALPHA) {
      previous = code;
      continue;
    }
    if (own & DIGIT) {
      digits++;
      run = digit === at - 1 || (digit === at - 2 && mayStandBetween(previous)) ? run + 1 : 1;
      if (run >= FEWEST_DIGITS) bits |= DIGITS;
      digit = at;
      previous = code;
      continue;
    }
    bits |= own;
    if (own & JOINT) {
      if (at === start && code === DASH_CODE && isInWord(text.charCodeAt(at + 1))) bits |= DASH;
      inner |= startSigns(text, at + 1);
    } else {
      if (at - start > 1) bits |= wordSigns(text, start, at, chain, inner, previous);
      if (own & DOT) dots++;
      else if (own & COLON) {
        colons++;
        if (digit === at - 1 && text.charCodeAt(at + 1) === 65 && text.charCodeAt(at + 2) === 65) bits |= LOOSE; // Telegram
      } else if (own & COMMA) {
        if (previous < 128 && (SIGNS[previous] as number) & QUOTE) bits |= PAIR;
      } else if (run === 2 && digit === at - 1 && isUpper(text.charCodeAt(at - 3)) && isUpper(text.charCodeAt(at - 4))) {
        country = true; // of an IBAN in groups: `DE89 3704 …`
      }
      start = at + 1;
      inner = 0;
      if (!(own & LINK)) chain = start;
    }
    previous = code;
  }
  if (length - start > 1) bits |= wordSigns(text, start, length, chain, inner, previous);
  bits &= ALL;
  if (country && digits >= FEWEST_DIGITS) bits |= DIGITS;
  if ((dots >= 3 && digits >= 4) || colons >= 2) bits |= ADDRESS;
  return bits;
}

/** What the last and the first character say of a short word, the beginnings of its parts of a long one. */
function wordSigns(text: string, start: number, end: number, chain: number, inner: number, last: number): number {
  const length = end - start;
  if (length < SHORTEST_TOKEN) {
    if (!(ENDS[(length << 5) | (last & 31)] as number)) return 0;
    const kind = SCHEMES[(length << 10) | ((text.charCodeAt(start) & 31) << 5) | (last & 31)];
    return kind === 0 ? 0 : kind === 1 ? SCHEME : LOOSE;
  }
  const bits = inner | startSigns(text, start) | (length === LONGEST_SCHEME ? LONG_TOKEN | SCHEME : LONG_TOKEN);
  return chain < start ? bits | startSigns(text, chain) : bits;
}

/** What the characters say that a key may begin with. */
function startSigns(text: string, at: number): number {
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  if (!(first < 128 && second < 128)) return 0;
  if (STARTS[first * 128 + second]) return KEY_PREFIX | ibanSign(text, at, first, second);
  if ((first === 109 && second === 109) || (first === 117 && second === 115)) return LOOSE; // MaxMind, Mailchimp
  return ibanSign(text, at, first, second);
}

function ibanSign(text: string, at: number, first: number, second: number): number {
  return isUpper(first) && isUpper(second) && isDigit(text.charCodeAt(at + 2)) && isDigit(text.charCodeAt(at + 3))
    ? DIGITS
    : 0;
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isInWord(code: number): boolean {
  return code < 128 && ((SIGNS[code] as number) & (ALPHA | DIGIT | JOINT)) !== 0;
}

/** Between two digits of one card. */
function mayStandBetween(code: number): boolean {
  return code === 32 || code === DASH_CODE || code === 46 || code > 127;
}
