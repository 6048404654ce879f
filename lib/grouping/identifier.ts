/** Words in URLs that contain a digit but are names: versions, `oauth2`, `s3`, `2fa`, `i18n`. */
const URL_WORD = /^(?:v\d+(?:\.\d+){0,3}|[a-z]{2,}\d|s3|\d[a-z]{1,3}|i18n|l10n|a11y|k8s|base64|utf-?8)$/i;
const DIGIT = /\d/;
const DIGITS = /\d+/g;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HEX = /^(?:0x)?[0-9a-f]{16,}$/i;
const LETTER = /[a-z]/i;
const PREFIX = /^([a-z]{2,10}_)[A-Za-z0-9_-]+$/;
/** A letter between two digits, or letters of both cases around a digit, as in generated ids. */
const MIXED = /\d[A-Za-z]+\d|[a-z]\d*[A-Z]+\d|\d[a-z]+[A-Z]|\d[A-Z]+[a-z]/;
const MIN_ID_LENGTH = 8;

/** Whether a path segment identifies a resource: `42`, a UUID, a hash, `ch_3MqLiJ`, `a@b.c`. */
export function isIdentifier(segment: string): boolean {
  if (segment.includes('@') || UUID.test(segment) || HEX.test(segment)) return true;
  return DIGIT.test(segment) && !URL_WORD.test(segment);
}

/** Returns the word, or a placeholder if it is an id or contains a number. */
export function wordPlaceholder(word: string): string {
  if (!DIGIT.test(word)) return word;
  if (UUID.test(word)) return '<uuid>';
  if (HEX.test(word) && LETTER.test(word)) return '<hash>';
  const prefix = PREFIX.exec(word)?.[1];
  if (prefix !== undefined) return `${prefix}<id>`;
  if (word.length >= MIN_ID_LENGTH && MIXED.test(word)) return '<id>';
  return word.replace(DIGITS, '<n>');
}
