import { COMMAND_WORDS } from './assignments/command-words.js';
import * as tables from './feature-tables.js';
import * as providerKeys from './secrets/provider-keys.js';
import {
  ADDRESS,
  ALL_FEATURES,
  BASE64,
  COMMAND,
  DASH,
  DIGITS,
  DOLLAR,
  HASH,
  IBAN,
  KEY_PREFIX,
  LONG_TOKEN,
  PAIR,
  QUOTE,
  SCHEME,
  SSN,
  UNPREFIXED,
  WIDE,
} from './text-features.js';

/** Local copies: in CommonJS, every use of an imported constant is a property lookup, here for each character. */
const {
  ALPHA,
  BOTH_CASES,
  CHARACTERS,
  COLON,
  COMMA,
  COMMAND_WORD,
  DOT,
  HASH_SIGN,
  IBAN_START,
  JOINT,
  KEY_START,
  LINK,
  SCHEME_WORD,
  STARTS,
  UNPREFIXED_WORD,
  WORDS,
  wordIndex,
} = tables;

const { mayBegin } = providerKeys;
const COMMANDS: ReadonlySet<string> = new Set(COMMAND_WORDS);

const RARE = COMMA | DOT | COLON;
const WORD = ALPHA | tables.DIGIT;
const MIN_TOKEN_LENGTH = 13;
/** Of `aws4-hmac-sha256`. */
const MAX_SCHEME_LENGTH = 16;
/** The lengths of runs are combined with OR: thirteen digits of a card reach a power of two, twelve do not. */
const STEP_OF_RUN = 5;
const CARD_RUN = 64;
/** Seven digits, in an id, a hash or an IBAN. */
const ID_RUN = 32;
const MIN_IBAN_DIGITS = 9;
const SPACE_CODE = 32;
const DOLLAR_CODE = 36;
const EQUALS_CODE = 61;
const DASH_CODE = 45;
const PEM_BEGIN = '-----BEGIN';
const FIRST_OF_BEGIN = 66;
const DOT_CODE = 46;
const COLON_CODE = 58;
const MIN_BASE64_LENGTH = 28;
const MIN_HASH_LENGTH = 32;
const UUID_LENGTH = 36;
/** Of Azure's keys, up to their signature `+ASb`. */
const AZURE_LENGTH = 33;
const PLUS_CODE = 43;
const MIN_KEY_LENGTH = 40;

/** The features of a text. Letters and digits, most of any text, take the shortest paths through the loop. */
export function featuresOf(text: string): number {
  let bits = 0;
  let cases = 0;
  let start = 0;
  let chain = 0; // start of the words joined only by dots, slashes and the like: `SG.…`, `glc_a/b+c`
  let inner = 0; // features of the parts of a word; they count only if the word is long enough
  let previous = 0;
  let digits = 0;
  let run = 0; // of digits, with at most one other character between two of them: five for each
  let numbered = 0; // end of the last word with digits
  let runs = 0;
  let country = 0;
  let dots = 0;
  let colons = 0;
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    const own = code < 128 ? (CHARACTERS[code] as number) : WIDE;
    if (own & ALPHA) {
      previous = code;
      cases |= own;
      continue;
    }
    if (own < 0) {
      const gap = at - numbered;
      if (gap > 1 || (gap === 1 && !mayStandBetween(previous))) run = 0;
      // to the end of the word without a branch: letters and digits alternate at random in ids
      for (let next = own; ;) {
        const isDigitMask = next >> 31;
        digits -= isDigitMask;
        run = (run + STEP_OF_RUN) & isDigitMask;
        runs |= run;
        cases |= next;
        if (at + 1 === length) break;
        const nextCode = text.charCodeAt(at + 1);
        next = nextCode < 128 ? (CHARACTERS[nextCode] as number) : WIDE;
        if (!(next & WORD)) break;
        at++;
      }
      previous = text.charCodeAt(at);
      numbered = at + 1;
      continue;
    }
    bits |= own;
    if (own & JOINT) {
      if (code === DASH_CODE) {
        const next = text.charCodeAt(at + 1);
        if (at === start ? isInWord(next) : next === FIRST_OF_BEGIN && text.startsWith(PEM_BEGIN, at - 4)) bits |= DASH;
        if (text.charCodeAt(at + 3) === DASH_CODE && isSocialSecurity(text, at)) bits |= SSN;
      }
      inner |= prefixFeatures(text, at + 1);
    } else {
      const size = at - start;
      if (size >= MIN_TOKEN_LENGTH) bits |= tokenFeatures(text, start, at, chain, inner, cases);
      else bits |= wordFeatures(text, start, at, previous, code);
      if (own & RARE) {
        if (own & DOT) dots++;
        else if (own & COLON) {
          colons++;
          if (isTelegram(text, at)) bits |= UNPREFIXED;
        } else if (previous < 128 && (CHARACTERS[previous] as number) & QUOTE) bits |= PAIR;
      } else if (code === 32 && isDigit(previous)) country |= ibanGroup(text, at);
      if (code === DOLLAR_CODE && mayBeHash(text, at)) bits |= DOLLAR;
      start = at + 1;
      inner = 0;
      if (!(own & LINK)) chain = start;
    }
    previous = code;
  }
  if (length - start >= MIN_TOKEN_LENGTH) bits |= tokenFeatures(text, start, length, chain, inner, cases);
  else if (length > start) bits |= wordFeatures(text, start, length, previous, 0);
  const hash = bits & HASH_SIGN && runs >= ID_RUN ? HASH : 0;
  bits = (bits & ALL_FEATURES) | hash;
  if (runs >= CARD_RUN) bits |= DIGITS;
  if (country > 0 && (digits >= MIN_IBAN_DIGITS || runs >= ID_RUN)) bits |= IBAN;
  if ((dots >= 3 && digits >= 4) || colons >= 2) bits |= ADDRESS;
  return bits;
}

/** Three, two and four digits: the dashes are those of a social security number. */
function isSocialSecurity(text: string, dash: number): boolean {
  return areDigits(text, dash - 3, dash) && areDigits(text, dash + 1, dash + 3) && areDigits(text, dash + 4, dash + 8);
}

function areDigits(text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (!isDigit(text.charCodeAt(at))) return false;
  return true;
}

/** Features of a short word. A command counts if a space follows: in paths, the same words mean something else. */
function wordFeatures(text: string, start: number, end: number, last: number, next: number): number {
  const kind = WORDS[wordIndex(end - start, text.charCodeAt(start), last)] as number;
  return kind === 0 ? 0 : featuresOfWord(text, start, end, kind, next);
}

function featuresOfWord(text: string, start: number, end: number, kind: number, next: number): number {
  const bits = (kind & SCHEME_WORD ? SCHEME : 0) | (kind & UNPREFIXED_WORD ? UNPREFIXED : 0);
  return kind & COMMAND_WORD && next === SPACE_CODE && COMMANDS.has(text.slice(start, end)) ? bits | COMMAND : bits;
}

/** `$2b$…`, `…sha256$600000$…`: another dollar sign follows soon, unlike after `${` and `$1`. */
function mayBeHash(text: string, dollar: number): boolean {
  for (let at = dollar + 1; at < dollar + 16; at++) {
    const code = text.charCodeAt(at);
    if (code === DOLLAR_CODE) return at > dollar + 1;
    if (!isInWord(code) && code !== EQUALS_CODE && code !== 44) return false;
  }
  return false;
}

/** Digits, a colon, and the two letters with which every bot token begins. */
function isTelegram(text: string, colon: number): boolean {
  return text.charCodeAt(colon + 1) === 65 && text.charCodeAt(colon + 2) === 65 && isDigit(text.charCodeAt(colon - 1));
}

/** 1 if the first group of a printed IBAN precedes the space: `DE89 3704 …`. */
function ibanGroup(text: string, space: number): number {
  return isDigit(text.charCodeAt(space - 2)) &&
    isUpper(text.charCodeAt(space - 3)) &&
    isUpper(text.charCodeAt(space - 4))
    ? 1
    : 0;
}

/** Features of a long word, from its beginning and those of its parts. */
function tokenFeatures(text: string, start: number, end: number, chain: number, inner: number, cases: number): number {
  const size = end - start;
  const long =
    size === MAX_SCHEME_LENGTH
      ? LONG_TOKEN | SCHEME
      : size < MIN_BASE64_LENGTH
        ? LONG_TOKEN
        : longFeatures(text, start, size, end, cases);
  const bits = inner | prefixFeatures(text, start) | long;
  return chain < start ? bits | prefixFeatures(text, chain) : bits;
}

/** Keys that no beginning tells from a hash are long; some are shorter, and told by what follows. */
function longFeatures(text: string, start: number, size: number, end: number, cases: number): number {
  const bits = (cases & BOTH_CASES) === BOTH_CASES && mixesCases(text, start) ? LONG_TOKEN | BASE64 : LONG_TOKEN;
  if (size >= MIN_KEY_LENGTH) return bits | UNPREFIXED;
  const next = text.charCodeAt(end);
  return (size === UUID_LENGTH && next === COLON_CODE) ||
    (size === MIN_HASH_LENGTH && next === DOT_CODE) ||
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
function prefixFeatures(text: string, at: number): number {
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  return first < 128 && second < 128 ? startFeatures(STARTS[(first << 7) | second] as number, text, at) : 0;
}

/** Two letters are the beginning of many words, four of few. */
function keyFeature(text: string, at: number): number {
  return mayBegin(text, at) ? KEY_PREFIX : 0;
}

function startFeatures(kind: number, text: string, at: number): number {
  if (kind < IBAN_START) return kind === 0 ? 0 : kind === KEY_START ? keyFeature(text, at) : UNPREFIXED;
  const numbers = isDigit(text.charCodeAt(at + 2)) && isDigit(text.charCodeAt(at + 3)) ? IBAN : 0;
  return kind === IBAN_START ? numbers : numbers | keyFeature(text, at);
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
  return code < 128 && ((CHARACTERS[code] as number) & (WORD | JOINT)) !== 0;
}
