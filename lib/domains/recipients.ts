import { processWide } from '../process-state/process-wide.js';

/** Stable replacements of personal data; see `scrubbing/cache/pseudonyms.ts`. */
interface Pseudonyms {
  email(address: string): string;
  other(kind: string, value: string): string;
}

const state = processWide<{ pseudonyms?: Pseudonyms }>('recipient-pseudonyms', () => ({}));

/** Called when Sentry starts, with those of the scrubber: a recipient who is also a user has the same pseudonym. */
export function usePseudonyms(pseudonyms: Pseudonyms): void {
  state.pseudonyms = pseudonyms;
}

const ADDRESS = /[^\s<>,;:"'()]{1,64}@[^\s<>,;:"'()]{1,255}/g;
const PHONE = /^(?:[a-z]+:)?(\+?[\d ().-]{5,24})$/;
const SAFE = /^(?:user-[0-9a-f]{12}@pseudonym\.invalid|[a-z]{3,12}(?:-[a-z]{2,8})?-[0-9a-f]{12})$/;
const MAX_READ = 100;
const MAX_SHOWN = 5;
const MAX_LENGTH = 1_000;

/** Who received a notification: pseudonyms, and how many there are if not one. */
export interface Recipients {
  recipient?: string | string[];
  recipients?: number;
}

/**
 * The pseudonyms of recipients.
 *
 * @param values - addresses, phone numbers, tokens of devices, URLs of subscriptions, or objects that contain one
 */
export function describeRecipients(...values: unknown[]): Recipients {
  const found: string[] = [];
  let count = 0;
  for (const value of values.flat().slice(0, MAX_READ)) {
    for (const text of textsOf(value)) {
      count++;
      if (found.length < MAX_SHOWN) found.push(pseudonymOf(text));
    }
  }
  const more = Math.max(0, values.flat().length - MAX_READ);
  if (count === 0) return {};
  return count === 1 ? { recipient: found[0] } : { recipient: found, recipients: count + more };
}

/** A shorter text is too likely to be something else. */
const SHORTEST_REPLACED = 4;
/** A phone number, whose last digits a service may have masked. Source: ITU-T E.164, 15 digits at most. */
const PHONE_IN_TEXT = /(?<![\w.+-])(?:\+\d{1,3}(?:[ ().-]{1,2}\d{2,4}){2,4}|\+\d{7,15}|\d{9,15})X{0,4}(?![\w-])/g;
const SCHEME = /^(?:whatsapp|messenger|sms|tel|mailto):/;

/**
 * What a mail, text message or push service says about a delivery, with pseudonyms for its recipients.
 *
 * @param values - the recipients, as for {@link describeRecipients}
 */
export function withoutRecipients(text: string, ...values: unknown[]): string {
  const raw = values.flat().slice(0, MAX_READ).flatMap(textsOf);
  const known = raw.flatMap((value) => [value, value.replace(SCHEME, '')]);
  let out = text;
  for (const value of known.toSorted((one, other) => other.length - one.length)) {
    if (value.length >= SHORTEST_REPLACED) out = out.replaceAll(value, () => pseudonymOf(value));
  }
  return out.replace(PHONE_IN_TEXT, pseudonymOf);
}

/** Objects in which mail and push libraries have a recipient. */
const KEYS = ['address', 'email', 'token', 'endpoint', 'topic'] as const;

function textsOf(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) {
    const own = KEYS.map((key) => Object.getOwnPropertyDescriptor(value, key)?.value as unknown);
    return own.filter((text) => typeof text === 'string' && text !== '').slice(0, 1) as string[];
  }
  if (typeof value !== 'string' || value === '') return [];
  const text = value.slice(0, MAX_LENGTH * MAX_SHOWN);
  return text.includes('@') ? (text.match(ADDRESS) ?? [text]) : [text];
}

function pseudonymOf(text: string): string {
  const { pseudonyms } = state;
  if (SAFE.test(text)) return text;
  if (!pseudonyms) return '[Filtered]';
  const value = text.slice(0, MAX_LENGTH);
  if (/^[^/\s]+@[^/\s]+$/.test(value)) return pseudonyms.email(value);
  const phone = PHONE.exec(value)?.[1];
  return phone ? pseudonyms.other('phone', phone.trim()) : pseudonyms.other('recipient', value);
}
