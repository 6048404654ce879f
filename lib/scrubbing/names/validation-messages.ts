import { JOINED } from './opaque-words.js';

/** Members that hold messages by the names of fields: `{ errors: { password: ['is too short'] } }`. */
const HOLDERS: ReadonlySet<string> = new Set(
  'errors error messages constraints validation violations issues invalid warnings'.split(' '),
);
const STATEMENT =
  /\b(?:must|should|shall|is|are|has|have|had|cannot|can't|may|needs?|required|invalid|too|expected|least|most|match|missing|contains?|does|do|length|characters?|allowed|empty|wrong|incorrect|unique|taken|blank)\b/i;
const WORDS = /^[\p{L}"'`([][\p{L}\d\s"'`.,:;!?()[\]<>=/_-]{2,400}$/u;
/** The first word is the value, unless it is what messages are about. */
const ABOUT =
  /^(?:["'`]?(?:[\w.-]{0,40}?(?:pass|pwd|token|secret|key|pin|code|otp|cv[vc]|value|field|credential|auth|session|cookie|login|user|account|string|number|text|input|length|signature|certificate|hash|jwt|property|element|path)|(?:it|this|that|the|an?|your|must|should|cannot|please|invalid|required|missing|expected|only|at|too|is|are|has|does|do|not|no|may|needs?|contains?)\b)|(?!["'`]?\S{1,40} (?:is|was|are|has|have|must|should|cannot|does|needs)\b))/i;
const MAX_MESSAGES = 50;
/** No sentence is longer. */
const MAX_LENGTH = 402;

export function holdsMessages(words: readonly string[]): boolean {
  return HOLDERS.has(words[words.length - 1] ?? '');
}

/** A sentence of a validator, or a list of them. */
export function isMessage(value: unknown): boolean {
  if (typeof value === 'string')
    return (
      value.length <= MAX_LENGTH &&
      STATEMENT.test(value) &&
      WORDS.test(value) &&
      !JOINED.test(value) &&
      ABOUT.test(value)
    );
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MAX_MESSAGES &&
    (value as unknown[]).every((part) => typeof part === 'string' && isMessage(part))
  );
}
