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

/**
 * Digits, with at most one space, dash or dot between two of them, outside longer numbers and words. The bounds keep it
 * linear: an attempt reads at most 37 characters.
 */
const CANDIDATE = /(?<![A-Za-z0-9.]|\d[_-])(?:\d[ .\u00a0-]?){13,18}\d(?![\w]|-\d)/g;

/** Steps to check one candidate. */
const STEPS_PER_CANDIDATE = 1000;

/** Replaces payment card numbers: known issuer, valid length and check digit, one kind of separator. */
export function scrubCards(text: string, work: WorkMeter): string {
  return text.replace(CANDIDATE, (found) => {
    work.charge(STEPS_PER_CANDIDATE);
    return isCard(found) ? marker('card') : found;
  });
}

/** Whether the text is one card number, with or without separators. */
export function isCard(text: string): boolean {
  const digits = text.replace(/[^\d]/g, '');
  if (digits.length !== text.length && !hasEvenGroups(text)) return false;
  return hasIssuer(digits) && passesLuhn(digits);
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

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    let digit = digits.charCodeAt(digits.length - 1 - at) - 48;
    if (at % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}
