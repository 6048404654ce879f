import { PREFIXES } from './provider-keys.js';
import { SPOKEN_NAMES } from './spoken-secrets.js';

/** One cheap look at a text: which signs are in it, so that a rule runs only where it can match. */

export const AT = 1;
export const ASSIGN = 2;
export const ANGLE = 4;
export const PERCENT = 8;
export const BRACE = 16;
export const SPACE = 32;
/** A word begins with a dash: an option, or the line of a PEM block. */
export const DASH = 64;
export const SLASH = 128;
export const QUOTE = 256;
/** A run of token characters is long enough for a key, or a sign stands that some keys have. */
export const LONG_TOKEN = 512;
/** A run begins like the key of a provider. */
export const KEY_PREFIX = 1024;
/** At least nine digits. */
export const DIGITS = 2048;
/** Three dots and four digits, or two colons. */
export const ADDRESS = 4096;
/** The name of an HTTP authentication scheme, or the word before a spoken secret: `the password is …`. */
export const SCHEME = 8192;
/** Characters that take more than one byte as JSON. */
export const WIDE = 16384;
/** Something that stands inside the keys without a fixed beginning. */
export const LOOSE = 32768;

const DOT = 65536;
const COLON = 131072;

const ALPHA = 1 << 20;
const DIGIT = 1 << 21;
const JOINT = 1 << 22;
/** Inside some keys, between their words. */
const LINK = 1 << 23;

const SHORTEST_TOKEN = 13;
const LONGEST_SCHEME = 16;
const FEWEST_DIGITS = 9;

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
sign(',', 0);
sign('<', ANGLE);
sign('%', PERCENT);
sign('{[', BRACE);
sign(' \t\n', SPACE);
sign('"\'`', QUOTE);
sign('"\\', WIDE);
sign('~|', LOOSE);
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

/** The signs in the text, as bits. */
export function signsOf(text: string): number {
  let bits = 0;
  let start = 0;
  let chain = 0; // where the words began that only dots, slashes and the like join: `SG.…`, `glc_a/b+c`
  let digits = 0;
  let dots = 0;
  let colons = 0;
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    const own = code < 128 ? (SIGNS[code] as number) : WIDE;
    if (own & ALPHA) continue;
    if (own & DIGIT) {
      digits++;
      continue;
    }
    bits |= own;
    if (own & JOINT) continue;
    if (at - start > 1) bits |= wordSigns(text, start, at, chain);
    start = at + 1;
    if (!(own & LINK)) chain = start;
    if (own & DOT) dots++;
    else if (own & COLON) colons++;
  }
  if (length - start > 1) bits |= wordSigns(text, start, length, chain);
  bits &= 0xffff;
  if (digits >= FEWEST_DIGITS) bits |= DIGITS;
  if (colons > 0 && digits >= FEWEST_DIGITS && bits & LONG_TOKEN) bits |= LOOSE; // Telegram: digits, a colon, a token
  if ((dots >= 3 && digits >= 4) || colons >= 2) bits |= ADDRESS;
  return bits;
}

function wordSigns(text: string, start: number, end: number, chain: number): number {
  const length = end - start;
  const dash = text.charCodeAt(start) === 45 ? DASH : 0;
  if (length < SHORTEST_TOKEN) {
    const kind = SCHEMES[(length << 10) | ((text.charCodeAt(start) & 31) << 5) | (text.charCodeAt(end - 1) & 31)];
    return kind === 0 ? dash : kind === 1 ? dash | SCHEME : dash | LOOSE;
  }
  let bits = dash | (length === LONGEST_SCHEME ? LONG_TOKEN | SCHEME : LONG_TOKEN);
  if (chain < start && STARTS[text.charCodeAt(chain) * 128 + text.charCodeAt(chain + 1)]) bits |= KEY_PREFIX;
  let fresh = true;
  for (let at = start; at < end - 2; at++) {
    const code = text.charCodeAt(at);
    if (fresh) {
      const next = text.charCodeAt(at + 1);
      if (STARTS[code * 128 + next]) bits |= KEY_PREFIX;
      else if ((code === 109 && next === 109) || (code === 117 && next === 115)) bits |= LOOSE; // MaxMind, Mailchimp
    }
    fresh = code === 45 || code === 95;
  }
  return bits;
}
