import { createHash } from 'node:crypto';

/** One secret of a known form, unique by its seed: the text that it stands in, and what of it must not be sent. */
export interface Secret {
  text: string;
  canary: string;
}

const hex = (seed: string) => createHash('sha256').update(seed).digest('hex');
const letters = (seed: string) =>
  hex(seed)
    .replaceAll(/[0189]/g, 'z')
    .toUpperCase();
const digits = (seed: string, count: number) =>
  BigInt(`0x${hex(seed)}`)
    .toString()
    .slice(-count);
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Secrets by their form alone: they go wherever they stand, also in names, ids and paths. */
const byForm: ((seed: string) => Secret)[] = [
  (seed) => ({ text: `ghp_${hex(seed).slice(0, 36)}`, canary: hex(seed).slice(0, 36) }),
  (seed) => ({ text: `AKIA${letters(seed).slice(0, 16)}`, canary: letters(seed).slice(0, 16) }),
  (seed) => ({ text: `Bearer ${hex(seed)}`, canary: hex(seed) }),
  (seed) => ({ text: `postgres://shop:${hex(seed)}@db.internal:5432/shop`, canary: hex(seed) }),
  (seed) => {
    const signature = createHash('sha256').update(seed).digest('base64url');
    return {
      text: `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ sub: seed })}.${signature}`,
      canary: signature,
    };
  },
];

/** Personal data and assignments: they go wherever an application or its users say something. */
const byMeaning: ((seed: string) => Secret)[] = [
  (seed) => ({ text: `password=${hex(seed)}`, canary: hex(seed) }),
  (seed) => ({ text: `c${hex(seed).slice(0, 20)}@shop.example`, canary: `c${hex(seed).slice(0, 20)}` }),
  (seed) => {
    const card = withCheckDigit(`4111${digits(seed, 11)}`);
    return { text: card, canary: card };
  },
  (seed) => {
    const account = `37040044${digits(seed, 10)}`;
    const iban = `DE${ibanCheck(account)}${account}`;
    return { text: iban, canary: iban };
  },
];

export const FORMS = { byForm, every: [...byForm, ...byMeaning] };

/** Luhn. */
function withCheckDigit(payload: string): string {
  const sum = Array.from(payload)
    .reverse()
    .reduce((total, digit, at) => {
      const value = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return `${payload}${(10 - (sum % 10)) % 10}`;
}

/** ISO 7064, MOD 97-10; DE is 1314 in its alphabet. */
function ibanCheck(account: string): string {
  return String(98n - (BigInt(`${account}131400`) % 97n)).padStart(2, '0');
}
