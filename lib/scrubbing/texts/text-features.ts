import { PREFIXES } from './secrets/provider-keys.js';
import { SPOKEN_NAMES } from './assignments/prose-secrets.js';

/** One cheap look at a text: which signs are in it, so that a rule runs only where it can match. */

export const AT = 1;
export const ASSIGN = 2;
export const ANGLE = 4;
export const PERCENT = 8;
export const ENTITY = 16;
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
const RARE = COMMA | DOT | COLON;

const ALPHA = 1 << 20;
const DIGIT_PLACE = 21;
const DIGIT = 1 << DIGIT_PLACE;
const WORD = ALPHA | DIGIT;
/** Joins the parts of one word. */
const JOINT = 1 << 22;
/** Inside some keys, between their words. */
const LINK = 1 << 23;

const SHORTEST_TOKEN = 13;
const LONGEST_SCHEME = 16;
const FEWEST_DIGITS = 9;
/** A power of two: lengths of runs are put together with OR. */
const DIGITS_IN_A_RUN = 8;
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
sign('&', ENTITY);
sign(' \t\n', SPACE);
sign('"\'`', QUOTE);
sign('"\\', WIDE);
sign('~|', LOOSE);
sign('|', PAIR);
for (let code = 0; code < 32; code++) add(code, WIDE);

/** The sign of the words of this length with these first and last letters, some of them the names of schemes. */
const SCHEMES = new Uint16Array(32 << 10);
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
  SCHEMES[(name.length << 10) | ((name.charCodeAt(0) & 31) << 5) | (name.charCodeAt(name.length - 1) & 31)] = SCHEME;
}

SCHEMES[(7 << 10) | (1 << 5) | (49 & 31)] = LOOSE; // `atlasv1`, HashiCorp's
for (const name of SPOKEN_NAMES) {
  const place = (name.length << 10) | ((name.charCodeAt(0) & 31) << 5) | (name.charCodeAt(name.length - 1) & 31);
  SCHEMES[place] ||= SCHEME;
}

const KEY_START = 1;
const LOOSE_START = 2;
const IBAN_START = 4;

/** What these two characters may begin. */
const STARTS = new Uint8Array(128 * 128);
for (const start of ['mm', 'us']) STARTS[start.charCodeAt(0) * 128 + start.charCodeAt(1)] = LOOSE_START; // MaxMind, Mailchimp
for (const prefix of PREFIXES) {
  const first = prefix.charCodeAt(0);
  if (prefix.length > 1) STARTS[first * 128 + prefix.charCodeAt(1)] = KEY_START;
  else STARTS.fill(KEY_START, first * 128, first * 128 + 128);
}
for (let first = 65; first <= 90; first++) {
  for (let second = 65; second <= 90; second++) (STARTS[first * 128 + second] as number) |= IBAN_START;
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
  let run = 0; // of digits, with at most one sign between two of them
  let numbered = 0; // the place behind the last word with digits
  let runs = 0;
  let country = 0;
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
      const gap = at - numbered;
      if (gap > 1 || (gap === 1 && !mayStandBetween(previous))) run = 0;
      // to the end of the word without a branch: letters and digits take turns in ids as they like
      for (let sign = own; ;) {
        const digit = (sign & DIGIT) >> DIGIT_PLACE;
        digits += digit;
        run = (run + digit) & -digit;
        runs |= run;
        if (at + 1 === length) break;
        const next = text.charCodeAt(at + 1);
        sign = next < 128 ? (SIGNS[next] as number) : WIDE;
        if (!(sign & WORD)) break;
        at++;
      }
      previous = text.charCodeAt(at);
      numbered = at + 1;
      continue;
    }
    bits |= own;
    if (own & JOINT) {
      if (at === start && code === DASH_CODE && isInWord(text.charCodeAt(at + 1))) bits |= DASH;
      inner |= startSigns(text, at + 1);
    } else {
      const size = at - start;
      if (size >= SHORTEST_TOKEN) bits |= tokenSigns(text, start, at, chain, inner);
      else bits |= SCHEMES[(size << 10) | ((text.charCodeAt(start) & 31) << 5) | (previous & 31)] as number;
      if (own & RARE) {
        if (own & DOT) dots++;
        else if (own & COLON) {
          colons++;
          if (isTelegram(text, at)) bits |= LOOSE;
        } else if (previous < 128 && (SIGNS[previous] as number) & QUOTE) bits |= PAIR;
      } else if (code === 32 && isDigit(previous)) country |= countrySign(text, at);
      start = at + 1;
      inner = 0;
      if (!(own & LINK)) chain = start;
    }
    previous = code;
  }
  if (length - start >= SHORTEST_TOKEN) bits |= tokenSigns(text, start, length, chain, inner);
  else if (length > start)
    bits |= SCHEMES[((length - start) << 10) | ((text.charCodeAt(start) & 31) << 5) | (previous & 31)] as number;
  bits &= ALL;
  if (runs >= DIGITS_IN_A_RUN || (country > 0 && digits >= FEWEST_DIGITS)) bits |= DIGITS;
  if ((dots >= 3 && digits >= 4) || colons >= 2) bits |= ADDRESS;
  return bits;
}

/** Digits, a colon, and the two letters that every token of a bot begins with. */
function isTelegram(text: string, colon: number): boolean {
  return text.charCodeAt(colon + 1) === 65 && text.charCodeAt(colon + 2) === 65 && isDigit(text.charCodeAt(colon - 1));
}

/** Before the space stands the first group of an IBAN in its printed form: `DE89 3704 …`. */
function countrySign(text: string, space: number): number {
  return isDigit(text.charCodeAt(space - 2)) &&
    isUpper(text.charCodeAt(space - 3)) &&
    isUpper(text.charCodeAt(space - 4))
    ? 1
    : 0;
}

/** What the beginnings of a long word and of its parts say. */
function tokenSigns(text: string, start: number, end: number, chain: number, inner: number): number {
  const bits = inner | startSigns(text, start) | (end - start === LONGEST_SCHEME ? LONG_TOKEN | SCHEME : LONG_TOKEN);
  return chain < start ? bits | startSigns(text, chain) : bits;
}

/** What the characters say that a key or an IBAN may begin with. */
function startSigns(text: string, at: number): number {
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  return first < 128 && second < 128 ? startSign(STARTS[(first << 7) | second] as number, text, at) : 0;
}

function startSign(kind: number, text: string, at: number): number {
  if (kind < IBAN_START) return kind === 0 ? 0 : kind === KEY_START ? KEY_PREFIX : LOOSE;
  const numbers = isDigit(text.charCodeAt(at + 2)) && isDigit(text.charCodeAt(at + 3)) ? DIGITS : 0;
  return kind === IBAN_START ? numbers : numbers | KEY_PREFIX;
}

/** Between two digits of one number. */
function mayStandBetween(code: number): boolean {
  return code === 32 || code === DASH_CODE || code === 46 || code > 127;
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
