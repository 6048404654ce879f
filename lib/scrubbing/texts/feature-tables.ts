import { COMMAND_HEADS, COMMAND_WORDS } from './assignments/command-words.js';
import { PROSE_NAMES } from './assignments/prose-secrets.js';
import { KEY_HEADS } from './secrets/provider-keys.js';
import {
  ANGLE,
  ASSIGN,
  AT,
  COMMAND,
  ENTITY,
  PAIR,
  PERCENT,
  QUOTE,
  SLASH,
  SPACE,
  UNPREFIXED,
  WIDE,
} from './text-features.js';

/** Lookup tables of {@link featuresOf}: what a character, a word or the beginning of a run adds to the features. */

/** Classes of characters, in the bits above those of the features. */
export const COMMA = 1 << 17;
export const DOT = 1 << 18;
export const COLON = 1 << 19;
export const ALPHA = 1 << 20;
/** In the hashes of passwords. */
export const HASH_SIGN = 1 << 21;
/** Joins the parts of one word. */
export const JOINT = 1 << 22;
/** Inside some keys, between their words. */
export const LINK = 1 << 23;
const LOWER = 1 << 29;
const UPPER = 1 << 30;
/** A text has letters of both cases. */
export const BOTH_CASES = LOWER | UPPER;
/** The sign: it becomes a mask without a branch. */
const DIGIT = 1 << 31;
export const WORD = ALPHA | DIGIT;

/** Features and classes of each ASCII character. */
export const CHARACTERS = new Int32Array(128);

function add(code: number, bits: number): void {
  CHARACTERS[code] = (CHARACTERS[code] ?? 0) | bits;
}
function addAll(characters: string, bits: number): void {
  for (let at = 0; at < characters.length; at++) add(characters.charCodeAt(at), bits);
}
addAll('ABCDEFGHIJKLMNOPQRSTUVWXYZ', ALPHA | UPPER);
addAll('abcdefghijklmnopqrstuvwxyz', ALPHA | LOWER);
addAll('0123456789', DIGIT);
addAll('-', JOINT);
addAll('_', JOINT);
addAll('.', DOT | LINK);
addAll('/', SLASH | LINK);
addAll('+', LINK);
addAll('$', LINK);
addAll('$*{', HASH_SIGN);
addAll('@', AT);
addAll('=', ASSIGN);
addAll(':', ASSIGN | COLON);
addAll(',', COMMA);
addAll('<', ANGLE);
addAll('%', PERCENT);
addAll('&', ENTITY);
addAll(' \t\n\r', SPACE);
addAll('"\'`', QUOTE);
addAll('"\\', WIDE);
addAll('~|', UNPREFIXED);
addAll('|', PAIR);
for (let code = 0; code < 32; code++) add(code, WIDE);
add(0, COMMAND); // between the parts of a log-in of SASL

/** What a short word may be. */
export const SCHEME_WORD = 1;
export const UNPREFIXED_WORD = 2;
export const COMMAND_WORD = 4;

/** What the words with this length, first and last character may be. In bytes: it is read for every word. */
export const WORDS = new Uint8Array(32 << 10);

/** Index into {@link WORDS}. */
export function wordIndex(length: number, first: number, last: number): number {
  return (length << 10) | ((first & 31) << 5) | (last & 31);
}

function addWords(names: readonly string[], bit: number): void {
  for (const name of names) {
    const at = wordIndex(name.length, name.charCodeAt(0), name.charCodeAt(name.length - 1));
    WORDS[at] = (WORDS[at] as number) | bit;
  }
}
addWords('bearer basic digest token apikey geniekey ssws negotiate ntlm hawk aws4-hmac-sha256'.split(' '), SCHEME_WORD);
addWords(['webhook-signature', 'svix-signature'], SCHEME_WORD); // base64 that its own signs may cut
addWords(['atlasv1', 'zapier'], UNPREFIXED_WORD); // HashiCorp's, and the host of webhooks
addWords(PROSE_NAMES, SCHEME_WORD);
addWords(COMMAND_WORDS, COMMAND_WORD);
addWords(COMMAND_HEADS, COMMAND_WORD);

/** What two characters may begin. */
export const KEY_START = 1;
export const UNPREFIXED_START = 2;
export const IBAN_START = 4;

/** What each pair of ASCII characters may begin, as bits. */
export const STARTS = new Uint8Array(128 * 128);

for (const start of ['mm', 'us']) STARTS[start.charCodeAt(0) * 128 + start.charCodeAt(1)] = UNPREFIXED_START; // MaxMind, Mailchimp
for (const head of KEY_HEADS) {
  const first = head.charCodeAt(0);
  if (head.length > 1) STARTS[first * 128 + head.charCodeAt(1)] = KEY_START;
  else STARTS.fill(KEY_START, first * 128, first * 128 + 128);
}
for (let first = 65; first <= 90; first++) {
  for (let second = 65; second <= 90; second++) (STARTS[first * 128 + second] as number) |= IBAN_START;
}
