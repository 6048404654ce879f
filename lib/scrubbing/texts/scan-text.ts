import * as codes from './encodings/character-codes.js';
import * as tables from './feature-tables.js';
import * as words from './scan-words.js';
import {
  ADDRESS,
  ALL_FEATURES,
  ASSIGN,
  COMMAND,
  DASH,
  DIGITS,
  DOLLAR,
  HASH,
  IBAN,
  PAIR,
  QUOTE,
  SSN,
  UNPREFIXED,
  WIDE,
} from './text-features.js';

/** Local copies: in CommonJS, every use of an imported constant is a property lookup, here for each character. */
const { ALPHA, CHARACTERS, COLON, COMMA, DOT, HASH_SIGN, JOINT, LINK, WORD } = tables;
const { WIDE_COLON, codeAt, isDigit, isUpper } = codes;
const { MIN_TOKEN_LENGTH, isInWord, mayBeHash, prefixFeatures, tokenFeatures, wordFeatures } = words;

const WIDE_ASSIGN = WIDE | ASSIGN;
const RARE = COMMA | DOT | COLON;
/** The lengths of runs are combined with OR: thirteen digits of a card reach a power of two, twelve do not. */
const STEP_OF_RUN = 5;
const CARD_RUN = 64;
/** Seven digits, in an id, a hash or an IBAN. */
const ID_RUN = 32;
const MIN_IBAN_DIGITS = 9;
const DOLLAR_CODE = 36;
const DASH_CODE = 45;
const PEM_BEGIN = '-----BEGIN';
const FIRST_OF_BEGIN = 66;

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
    const own = code < 128 ? (CHARACTERS[code] as number) : wideFeatures(code);
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
        const next = codeAt(text, at + 1);
        if (at === start ? isInWord(next) : next === FIRST_OF_BEGIN && text.startsWith(PEM_BEGIN, at - 4)) bits |= DASH;
        if (codeAt(text, at + 3) === DASH_CODE && isSocialSecurity(text, at)) bits |= SSN;
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

/** Letters of Greek, Cyrillic and scripts without spaces may be the words before a secret. */
function wideFeatures(code: number): number {
  if (code === WIDE_COLON) return WIDE_ASSIGN;
  return (code >= 0x370 && code <= 0x52f) || (code >= 0x2e80 && code <= 0xd7a3) ? WIDE | COMMAND : WIDE;
}

/** Three, two and four digits: the dashes are those of a social security number. */
function isSocialSecurity(text: string, dash: number): boolean {
  return (
    dash >= 3 &&
    areDigits(text, dash - 3, dash) &&
    areDigits(text, dash + 1, dash + 3) &&
    areDigits(text, dash + 4, dash + 8)
  );
}

function areDigits(text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (!isDigit(codeAt(text, at))) return false;
  return true;
}

/** Digits, a colon, and the two letters with which every bot token begins. */
function isTelegram(text: string, colon: number): boolean {
  return codeAt(text, colon + 1) === 65 && codeAt(text, colon + 2) === 65 && isDigit(text.charCodeAt(colon - 1));
}

/** 1 if the first group of a printed IBAN precedes the space: `DE89 3704 …`. */
function ibanGroup(text: string, space: number): number {
  return space >= 4 &&
    isDigit(text.charCodeAt(space - 2)) &&
    isUpper(text.charCodeAt(space - 3)) &&
    isUpper(text.charCodeAt(space - 4))
    ? 1
    : 0;
}

/** Between two digits of one number. */
function mayStandBetween(code: number): boolean {
  return code === 32 || code === DASH_CODE || code === 46 || code > 127;
}
