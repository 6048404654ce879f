import type { WorkMeter } from '../../limits/work-meter.js';
import { marker } from '../../markers/marker.js';

/** First digits and lengths of the numbers that issuers use. Sources: ISO/IEC 7812 ranges as the card brands publish them. */
const BRANDS: readonly { from: number; to: number; digits: number; lengths: readonly number[] }[] = [
  { from: 4, to: 4, digits: 1, lengths: [16, 19] }, // Visa
  { from: 51, to: 55, digits: 2, lengths: [16] }, // Mastercard
  { from: 2221, to: 2720, digits: 4, lengths: [16] }, // Mastercard
  { from: 34, to: 34, digits: 2, lengths: [15] }, // American Express
  { from: 37, to: 37, digits: 2, lengths: [15] }, // American Express
  { from: 6011, to: 6011, digits: 4, lengths: [16, 19] }, // Discover
  { from: 644, to: 649, digits: 3, lengths: [16, 19] }, // Discover
  { from: 65, to: 65, digits: 2, lengths: [16, 19] }, // Discover, RuPay, BCcard
  { from: 3528, to: 3589, digits: 4, lengths: [16, 19] }, // JCB
  { from: 300, to: 305, digits: 3, lengths: [14, 16, 19] }, // Diners Club
  { from: 3095, to: 3095, digits: 4, lengths: [14, 16, 19] }, // Diners Club
  { from: 36, to: 36, digits: 2, lengths: [14, 16, 19] }, // Diners Club
  { from: 38, to: 39, digits: 2, lengths: [14, 16, 19] }, // Diners Club
  { from: 62, to: 62, digits: 2, lengths: [16, 17, 18, 19] }, // UnionPay
  { from: 81, to: 81, digits: 2, lengths: [16, 17, 18, 19] }, // UnionPay
  { from: 2200, to: 2205, digits: 4, lengths: [16] }, // Mir, Borica
  { from: 5018, to: 5018, digits: 4, lengths: [16, 18, 19] }, // Maestro
  { from: 5020, to: 5020, digits: 4, lengths: [16, 18, 19] }, // Maestro
  { from: 5038, to: 5038, digits: 4, lengths: [16, 18, 19] }, // Maestro
  { from: 5067, to: 5067, digits: 4, lengths: [16] }, // Elo
  { from: 606282, to: 606282, digits: 6, lengths: [16, 19] }, // Hipercard
  { from: 6304, to: 6304, digits: 4, lengths: [16, 18, 19] }, // Maestro
  { from: 6759, to: 6763, digits: 4, lengths: [16, 18, 19] }, // Maestro
];

/** Spaces of any width, dashes and dots. */
const SEPARATOR = '[ .\\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000\\u2010-\\u2013-]';
/** Digits with at most one separator between two of them: a card number and what stands beside it. */
const RUN = new RegExp(`\\d(?:${SEPARATOR}?\\d){12,}`, 'g');
const GROUP = new RegExp(SEPARATOR);
const BETWEEN = new RegExp(SEPARATOR, 'g');
const NO_DIGITS = /\D/g;
const MAX_DIGITS = 19;
const MIN_DIGITS = 13;
/** How card numbers are printed; a part of a longer run has to be printed in one of these ways. */
const PRINTED: ReadonlySet<string> = new Set([
  '4-4-4-4',
  '4-4-4-4-1',
  '4-4-4-4-2',
  '4-4-4-4-3',
  '4-6-5',
  '4-6-4',
  '4-4-5',
]);

/** Steps to check one candidate, to pass one group of a run, and to find out whether a card begins with it. */
const STEPS_PER_CANDIDATE = 1000;
const STEPS_PER_GROUP = 350;
const STEPS_PER_START = 500;

/**
 * Replaces payment card numbers: known issuer, valid length and check digit, one kind of separator. If a run of digits is
 * none, its parts are tried, because an amount, an expiry date or a CVC may stand beside the number.
 */
export function scrubCards(text: string, work: WorkMeter): string {
  return text.replace(RUN, (found: string, at: number) => {
    work.charge(STEPS_PER_CANDIDATE);
    const card = found.length <= MAX_DIGITS * 2 && isCard(found);
    if (!card && !GROUP.test(found)) return found; // digits without a separator have no parts
    const before = text.slice(Math.max(0, at - 2), at);
    const after = text.slice(at + found.length, at + found.length + 2);
    return card && isFree(before, after) ? marker('card') : scrubParts(found, before, after, work);
  });
}

function scrubParts(run: string, before: string, after: string, work: WorkMeter): string {
  const groups = run.split(GROUP);
  if (!groups.some(mayBegin)) return run;
  const separators = run.match(BETWEEN) ?? [];
  let out = '';
  let copied = 0;
  let position = 0;
  for (let at = 0; at < groups.length;) {
    work.charge(STEPS_PER_GROUP);
    const found = cardAt(groups, separators, at, work);
    const float = found === 1 && (separators[at] === '.' || separators[at - 1] === '.');
    const count = float ? 0 : found; // `0.8120457731906624`
    const isCardHere = count > 0 && standsAlone(groups, separators, at, count, before, after);
    const end = at + (isCardHere ? count : 1);
    const start = position;
    for (; at < end; at++) position += (groups[at]?.length ?? 0) + (separators[at]?.length ?? 0);
    if (!isCardHere) continue;
    out += run.slice(copied, start) + marker('card');
    copied = position - (separators[end - 1]?.length ?? 0);
  }
  return copied === 0 ? run : out + run.slice(copied);
}

/** Whether a card may begin with this group. */
function mayBegin({ length }: string): boolean {
  return length === 4 || length >= MIN_DIGITS;
}

function standsAlone(
  groups: readonly string[],
  separators: readonly string[],
  at: number,
  count: number,
  before: string,
  after: string,
): boolean {
  const left = at === 0 ? before : `${groups[at - 1]?.slice(-1) ?? ''}${separators[at - 1] ?? ''}`;
  const right = at + count === groups.length ? after : (separators[at + count - 1] ?? '');
  return isFree(left.replace(/\d[ .-]$/, ' '), right.charAt(0) === '-' ? ' ' : right);
}

/** How many groups from this one form a card number; 0 if none do. */
function cardAt(groups: readonly string[], separators: readonly string[], at: number, work: WorkMeter): number {
  if (!mayBegin(groups[at] ?? '')) return 0;
  work.charge(STEPS_PER_START);
  let digits = '';
  for (let count = 1; at + count <= groups.length; count++) {
    digits += groups[at + count - 1] ?? '';
    if (digits.length > MAX_DIGITS) return 0;
    if (count > 1 && separators[at + count - 2] !== separators[at]) return 0;
    if (digits.length < MIN_DIGITS || !isCard(digits)) continue;
    const printed = groups.slice(at, at + count).map((group) => group.length);
    if (count === 1 || PRINTED.has(printed.join('-'))) return count;
  }
  return 0;
}

/**
 * The number is not a part of a longer word or number: `1.4111…`, `4111…-5`, `id4111…`. The format byte of track data
 * (`%B4111…^`) is none, nor is an underscore a part of it.
 */
function isFree(before: string, after: string): boolean {
  return !(/(?:[A-Za-z0-9.]|\d[_-])$/.test(before) && before !== '%B') && !/^(?:[A-Za-z0-9]|-\d)/.test(after);
}

/** Whether the text is one card number, with or without separators. */
export function isCard(text: string): boolean {
  const count = digitsOfCard(text);
  if (count < MIN_DIGITS || count > MAX_DIGITS || !hasIssuer(text.replace(NO_DIGITS, ''))) return false;
  return count === text.length || hasEvenGroups(text);
}

/** How many digits the text has; 0 if the check digit of Luhn is wrong, as it is of nine numbers out of ten. */
function digitsOfCard(text: string): number {
  let sum = 0;
  let count = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) continue;
    sum += count++ % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0 ? count : 0;
}

function hasEvenGroups(text: string): boolean {
  const [separator = '', ...others] = new Set(text.replace(/\d/g, ''));
  if (others.length > 0) return false;
  const groups = text.split(separator).map((group) => group.length);
  return groups.every((length) => length >= 2 && length <= 7) && groups.length <= 5;
}

function hasIssuer(digits: string): boolean {
  return BRANDS.some((brand) => {
    if (!brand.lengths.includes(digits.length)) return false;
    const head = Number(digits.slice(0, brand.digits));
    return head >= brand.from && head <= brand.to;
  });
}
