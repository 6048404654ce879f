/** Words that mix letters and digits, as passwords do; names of algorithms and measures are none. */
const MIXED = /[\p{L}][-_!@#.$%&*]?\d|\d[-_!@#.$%&*]?\p{L}/u;
const KNOWN =
  /\b(?:sha-?\d{1,3}|utf-?(?:8|16)|oauth2?|[RHEP]S\d{3}|base(?:32|64)|ed25519|argon2\w{0,2}|p-?256|2fa|md5|saml2?|x509|\d{1,4}-(?:digit|character|day|hour|minute|bit)s?|\d{1,6}(?:ms|s|m|h|d))\b/gi;
/** Longer than any word. */
const LONG = /(?<![A-Za-z])(?:[a-z]{22}|[A-Z]{22})/;
const OPAQUE_LENGTH = 20;
const PLAIN = /^(?:[A-Za-z]{2,30}\d{0,2}|\d{1,8})(?:[-_](?:[A-Za-z]{1,30}\d{0,2}|\d{1,8})){1,12}$/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether a sentence contains a word that may be a password or a key. */
export const JOINED = {
  test: (value: string): boolean => LONG.test(value) || (MIXED.test(value) && MIXED.test(value.replace(KNOWN, ''))),
};

/** Whether a part of a path or a host is random: 20 and more characters, letters and digits. */
export function hasOpaquePart(value: string): boolean {
  return (
    value.length >= OPAQUE_LENGTH &&
    value
      .slice(0, 2000)
      .split(/[/\\.?#&=:]/)
      .some(isOpaque)
  );
}

function isOpaque(part: string): boolean {
  if (part.length < OPAQUE_LENGTH || !/\d/.test(part) || !/[A-Za-z]/.test(part)) return false;
  return !PLAIN.test(part) && !UUID.test(part) && !part.includes('{');
}
