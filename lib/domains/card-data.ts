import { firstKeys } from '../bounds/index.js';
import { cutMarker, marker } from '../scrubbing/index.js';

const MAX_DEPTH = 8;
const MAX_BREADTH = 1_000;
/** Entries that are read in total; the rest is left out. */
const MAX_VALUES = 5_000;

/** The objects around the current one, and how many entries may still be read. */
interface Reading {
  readonly ancestors: Set<object>;
  left: number;
}

/** Card fields in any object. Names are compared in lower case, without separators. */
const CARD_FIELD =
  /^(?:(?:credit|debit|payment)?card(?:number|no|num|pan|cvc|cvv|code|expiry|expiration|expirydate|expirationdate|expmonth|expyear|holder|holdername|fingerprint|bin|last4|lastfour)|pan|primaryaccountnumber|cvc2?|cvv2?|cvn|cid|csc|cvccheckvalue|securitycode|verificationvalue|last4(?:digits)?|lastfour(?:digits)?|lastdigits|dynamiclast4|exp(?:iry|iration)?month|exp(?:iry|iration)?year|track[12](?:data)?|magstripe|networktoken|cryptogram)$/;
/** Objects that hold a card: only their {@link SAFE_FIELDS} are kept. */
const CARD_OBJECT =
  /^(?:(?:credit|debit|payment|source|bank)?cards?|cardpresent|carddetails|cardinfo|interacpresent|paymentmethoddetails)$/;
const SAFE_FIELDS = new Set(['brand', 'scheme', 'network', 'funding', 'type', 'object', 'country', 'checks', 'wallet']);
const DIGITS = /\d{4}/;

/**
 * Returns the data without payment card data: full and partial numbers, verification codes, expiry dates, holders,
 * fingerprints. Decides by names and by neighbouring fields, before and in addition to the scrubber. Does not mutate the
 * input.
 */
export function withoutCardData<T extends object>(data: T): Record<string, unknown> {
  return cleanObject(data, false, 0, { ancestors: new Set(), left: MAX_VALUES });
}

function clean(value: unknown, inCard: boolean, depth: number, reading: Reading): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > MAX_DEPTH || reading.left <= 0 || reading.ancestors.has(value)) return undefined;
  if (ArrayBuffer.isView(value)) return marker('bytes');
  const serialized = serializedForm(value);
  if (serialized !== value) return clean(serialized, inCard, depth + 1, reading);
  if (!Array.isArray(value)) return cleanObject(value, inCard, depth, reading);
  reading.ancestors.add(value);
  const entries: unknown[] = [];
  for (const entry of value.slice(0, MAX_BREADTH) as unknown[]) {
    if (reading.left-- <= 0) break;
    entries.push(clean(entry, inCard, depth + 1, reading));
  }
  if (entries.length < value.length) entries.push(cutMarker(`${value.length - entries.length} more`));
  reading.ancestors.delete(value);
  return entries;
}

function cleanObject(object: object, inCard: boolean, depth: number, reading: Reading): Record<string, unknown> {
  reading.ancestors.add(object);
  const kept: Record<string, unknown> = {};
  const { keys, more } = firstKeys(object, MAX_BREADTH);
  const isCard = inCard || looksLikeCard(keys);
  for (const key of keys) {
    if (reading.left-- <= 0) break;
    const name = plainName(key);
    if (CARD_FIELD.test(name) || (isCard && !SAFE_FIELDS.has(name))) continue;
    const value = readSafely(object, key);
    const isCardKey = CARD_OBJECT.test(name);
    if (isCardKey && (typeof value === 'string' || typeof value === 'number') && DIGITS.test(`${value}`)) continue;
    const cleaned = clean(value, isCardKey, depth + 1, reading);
    if (cleaned !== undefined) kept[key] = cleaned;
  }
  if (more > 0) kept['…'] = cutMarker(`${more} keys`);
  reading.ancestors.delete(object);
  return kept;
}

/** A number next to an expiry date or a verification code is a card number. */
function looksLikeCard(keys: readonly string[]): boolean {
  const names = new Set(keys.map(plainName));
  const has = (...candidates: string[]) => candidates.some((candidate) => names.has(candidate));
  if (!has('number', 'cardnumber', 'pan', 'last4', 'lastfour', 'last4digits')) return false;
  return has(
    ...['cvc', 'cvv', 'cvv2', 'securitycode', 'exp', 'expiry', 'expiration', 'expires', 'expirydate', 'expirationdate'],
    ...['expmonth', 'expyear', 'expirymonth', 'expiryyear', 'expirationmonth', 'expirationyear', 'funding', 'bin'],
  );
}

function plainName(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The object as serialized by its `toJSON`, as ORM documents and big number classes have one. */
function serializedForm(value: object): unknown {
  try {
    const { toJSON } = value as { toJSON?: unknown };
    return typeof toJSON === 'function' ? (toJSON.call(value) as unknown) : value;
  } catch {
    return undefined; // what cannot be serialized cannot be checked
  }
}

function readSafely(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    return undefined; // a getter that throws
  }
}
