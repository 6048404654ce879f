/** What a scan found in a text, as bits of one number: a rule runs only if the text has the features it requires. */

export const AT = 1;
export const ASSIGN = 2;
export const ANGLE = 4;
export const PERCENT = 8;
export const ENTITY = 16;
export const SPACE = 32;
/** A word begins with a dash: an option, or the first line of a PEM block. */
export const DASH = 64;
export const SLASH = 128;
export const QUOTE = 256;
/** A run of token characters is long enough for a key. */
export const LONG_TOKEN = 512;
/** A run begins like the key of a provider. */
export const KEY_PREFIX = 1024;
/** Enough digits in a run for a card. */
export const DIGITS = 2048;
/** Three dots and four digits, or two colons. */
export const ADDRESS = 4096;
/** The name of an HTTP authentication scheme, or the word before a secret in a sentence: `the password is …`. */
export const SCHEME = 8192;
/** Characters that take more than one byte as JSON. */
export const WIDE = 16384;
/** Something that occurs inside the keys that have no fixed prefix. */
export const UNPREFIXED = 32768;
/** A quoted text and a comma, or a bar: what precedes it may name what follows. */
export const PAIR = 65536;

/** A dollar sign, as in the hash of a password. The bits before it belong to classes of characters. */
export const DOLLAR = 1 << 24;
/** The name of a command or of a protocol's log-in that may hold a password. */
export const COMMAND = 1 << 25;
/** A word long enough for a name and a value in base64, in lower and upper case. */
export const BASE64 = 1 << 26;
/** The digits of a social security number. */
export const SSN = 1 << 27;
/** The beginning of an IBAN. */
export const IBAN = 1 << 28;
/** What the hash of a password contains, and many digits: no rule requires it, but the text is not harmless. */
export const HASH = 1 << 29;

export const ALL_FEATURES = 131071 | DOLLAR | COMMAND | BASE64 | SSN | IBAN;

export function isWide(features: number): boolean {
  return (features & WIDE) !== 0;
}
