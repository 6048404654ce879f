import { COMMAND_HEADS, COMMAND_WORDS } from './assignments/command-words.js';
import * as codes from './encodings/character-codes.js';
import * as tables from './feature-tables.js';
import * as providerKeys from './secrets/provider-keys.js';
import { BASE64, COMMAND, IBAN, KEY_PREFIX, LONG_TOKEN, SCHEME, UNPREFIXED } from './text-features.js';

/** What the words of a text add to its features. Local copies, as in `scan-text.ts`. */
const {
  BOTH_CASES,
  CHARACTERS,
  COMMAND_WORD,
  IBAN_START,
  JOINT,
  KEY_START,
  SCHEME_WORD,
  STARTS,
  UNPREFIXED_WORD,
  WORD,
  WORDS,
  wordIndex,
} = tables;
const { codeAt, isDigit } = codes;
const { mayBegin } = providerKeys;
const COMMANDS: ReadonlySet<string> = new Set(COMMAND_WORDS);
const HEADS: ReadonlySet<string> = new Set(COMMAND_HEADS);

export const MIN_TOKEN_LENGTH = 13;
/** Of `insecure-password`, the longest of the words that are looked up. */
const MAX_WORD_LENGTH = 17;
/** A name of several words, before a value without a sign between them: `deepgram-token x`. */
const SECRET_ENDING = /[_-](?:token|secret|password|passwd|key)$/i;
const MAX_NAME_LENGTH = 40;
const MIN_BASE64_LENGTH = 28;
const MIN_HASH_LENGTH = 32;
const UUID_LENGTH = 36;
/** Of Twilio's ids of accounts. */
const SID_LENGTH = 34;
/** Of Azure's keys, up to their signature `+ASb`. */
const AZURE_LENGTH = 33;
const MIN_KEY_LENGTH = 39;
const TAB_CODE = 9;
const NEWLINE_CODE = 10;
const RETURN_CODE = 13;
const SPACE_CODE = 32;
const DOLLAR_CODE = 36;
const PLUS_CODE = 43;
const COMMA_CODE = 44;
const DOT_CODE = 46;
const COLON_CODE = 58;
const EQUALS_CODE = 61;
const BACKSLASH_CODE = 92;
const K_CODE = 107;
const LAST_ASCII_CODE = 127;

/**
 * Features of a short word. A command counts if a space follows: in paths, the same words mean something else. A line
 * break follows in the protocol of Redis, and a letter that is not ASCII in `contraseña`.
 */
export function wordFeatures(text: string, start: number, end: number, last: number, next: number): number {
  const kind = WORDS[wordIndex(end - start, text.charCodeAt(start), last)] as number;
  return kind === 0 ? 0 : featuresOfWord(text, start, end, kind, next);
}

function featuresOfWord(text: string, start: number, end: number, kind: number, next: number): number {
  const bits = (kind & SCHEME_WORD ? SCHEME : 0) | (kind & UNPREFIXED_WORD ? UNPREFIXED : 0);
  return kind & COMMAND_WORD && endsCommand(next) && isCommand(text.slice(start, end), next) ? bits | COMMAND : bits;
}

function isCommand(word: string, next: number): boolean {
  return COMMANDS.has(word) || (next > LAST_ASCII_CODE && HEADS.has(word));
}

function endsCommand(next: number): boolean {
  return (
    next === SPACE_CODE ||
    next === RETURN_CODE ||
    next === NEWLINE_CODE ||
    next === TAB_CODE ||
    next === BACKSLASH_CODE ||
    next > LAST_ASCII_CODE
  );
}

/** Features of a long word, from its beginning and those of its parts. */
export function tokenFeatures(
  text: string,
  start: number,
  end: number,
  chain: number,
  inner: number,
  cases: number,
): number {
  const size = end - start;
  const long =
    size <= MAX_WORD_LENGTH
      ? LONG_TOKEN | wordFeatures(text, start, end, text.charCodeAt(end - 1), codeAt(text, end))
      : size < MIN_BASE64_LENGTH
        ? LONG_TOKEN
        : longFeatures(text, start, size, end, cases);
  const named =
    size <= MAX_NAME_LENGTH && codeAt(text, end) === SPACE_CODE && endsLikeName(text, start, end) ? COMMAND : 0;
  const bits = inner | prefixFeatures(text, start) | long | named;
  return chain < start ? bits | prefixFeatures(text, chain) : bits;
}

function endsLikeName(text: string, start: number, end: number): boolean {
  const last = text.charCodeAt(end - 1) | 32;
  return (last === 110 || last === 116 || last === 121 || last === 100) && SECRET_ENDING.test(text.slice(start, end));
}

/** Keys that no beginning tells from a hash are long; some are shorter, and told by what follows. */
function longFeatures(text: string, start: number, size: number, end: number, cases: number): number {
  const bits = (cases & BOTH_CASES) === BOTH_CASES && mixesCases(text, start) ? LONG_TOKEN | BASE64 : LONG_TOKEN;
  if (size >= MIN_KEY_LENGTH) return bits | UNPREFIXED;
  const next = codeAt(text, end);
  return ((size === UUID_LENGTH || size === SID_LENGTH) && next === COLON_CODE) ||
    (size === MIN_HASH_LENGTH && (next === DOT_CODE || text.charCodeAt(start - 1) === DOT_CODE)) ||
    (size === AZURE_LENGTH && next === PLUS_CODE)
    ? bits | UNPREFIXED
    : bits;
}

/** Hashes in hexadecimal digits, UUIDs and snake case do not; texts in base64 do. */
function mixesCases(text: string, start: number): boolean {
  let lower = false;
  let upper = false;
  for (let at = start; at < start + MIN_BASE64_LENGTH; at++) {
    const code = text.charCodeAt(at);
    if (code >= 97) lower = true;
    else if (code >= 65 && code <= 90) upper = true;
    if (lower && upper) return true;
  }
  return false;
}

/** Whether a key or an IBAN may begin here. */
export function prefixFeatures(text: string, at: number): number {
  const first = codeAt(text, at);
  const second = codeAt(text, at + 1);
  return first < 128 && second < 128 ? startFeatures(STARTS[(first << 7) | second] as number, text, at) : 0;
}

/** Two letters are the beginning of many words, four of few. */
function keyFeature(text: string, at: number): number {
  return mayBegin(text, at) ? KEY_PREFIX : 0;
}

/** `-us12` and `_mmk`, not the beginning of `user`. */
function unprefixedFeature(text: string, at: number): number {
  const third = codeAt(text, at + 2);
  return isDigit(third) || third === K_CODE ? UNPREFIXED : 0;
}

function startFeatures(kind: number, text: string, at: number): number {
  if (kind < IBAN_START)
    return kind === 0 ? 0 : kind === KEY_START ? keyFeature(text, at) : unprefixedFeature(text, at);
  const numbers = isDigit(codeAt(text, at + 2)) && isDigit(codeAt(text, at + 3)) ? IBAN : 0;
  return kind === IBAN_START ? numbers : numbers | keyFeature(text, at);
}

/** `$2b$…`, `…sha256$600000$…`: another dollar sign follows soon, unlike after `${` and `$1`. */
export function mayBeHash(text: string, dollar: number): boolean {
  for (let at = dollar + 1; at < dollar + 16; at++) {
    const code = codeAt(text, at);
    if (code === DOLLAR_CODE) return at > dollar + 1;
    if (!isInWord(code) && code !== EQUALS_CODE && code !== COMMA_CODE) return false;
  }
  return false;
}

/** In ASCII: letters, digits, `-` and `_`. */
export function isInWord(code: number): boolean {
  return code < 128 && ((CHARACTERS[code] as number) & (WORD | JOINT)) !== 0;
}
