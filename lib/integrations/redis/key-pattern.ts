/** The rest of a longer key is left out. Characters. */
const MAX_KEY = 200;
/** A part of a key: what separators such as `:` and `/` divide. */
const PART = /[^:/|,;{}[\]()<>"'\s\\]+/g;
const DIGIT = /\d/;
/** Short keys without any of these are names. */
const MAY_IDENTIFY = /[\d@*]|[0-9a-f]{16}/i;
/** Names that contain a digit: versions, `oauth2`, `s3`, `2fa`, `i18n`. */
const NAME = /^(?:v\d{1,3}|[a-z]{2,}\d|s3|\d[a-z]{1,3}|i18n|l10n|a11y|k8s|utf-?8)$/i;
const HASH = /^(?:0x)?[0-9a-f]{16,}$/i;
const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;
/** Letters and digits in turn, as in generated ids: `V1StGXR8_Z5jdHi6B`. */
const GENERATED = /\d[a-z]+\d|[a-z]\d+[a-z]/i;
const WORD = /[^-_.=+~$!&?*#%]+/g;
const STARS = /\*(?:[-_.]?\*)+/g;
const MAX_WORD = 40;
/** A generated id with separators is at least this long. */
const MIN_GENERATED = 10;

/**
 * Replaces what identifies a record by `*`: `user:42:cart` becomes `user:*:cart`, `order-2024-17` becomes `order-*`.
 * Numbers, UUIDs, hashes, generated ids and e-mail addresses; a name without digits stays. Linear in a bounded part of the
 * key.
 */
export function keyPattern(key: string): string {
  if (key.length <= MAX_KEY) return patternOf(key);
  // A copy: a part of a string keeps the whole string alive.
  return `${patternOf(Buffer.from(key.slice(0, MAX_KEY)).toString())}…`;
}

function patternOf(key: string): string {
  if (key.length <= MAX_WORD && !MAY_IDENTIFY.test(key)) return key;
  const pattern = key.replace(PART, partPattern);
  return pattern.indexOf('*') === pattern.lastIndexOf('*') ? pattern : pattern.replace(STARS, '*');
}

function partPattern(part: string): string {
  if (part.includes('@')) return '*';
  if (!DIGIT.test(part)) return HASH.test(part) || part.length > MAX_WORD ? '*' : part;
  if (NAME.test(part)) return part;
  if (UUID.test(part) || HASH.test(part)) return '*';
  if (part.length >= MIN_GENERATED && GENERATED.test(part)) return '*';
  return part.replace(WORD, wordPattern);
}

function wordPattern(word: string): string {
  if (!DIGIT.test(word) || NAME.test(word)) return word;
  const name = /^[a-z]{2,20}(?=\d+$)/i.exec(word)?.[0];
  return name === undefined ? '*' : `${name}*`;
}
