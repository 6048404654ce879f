/** Members that hold messages by the names of fields: `{ errors: { password: ['is too short'] } }`. */
const HOLDERS: ReadonlySet<string> = new Set(
  'errors error messages constraints validation violations issues invalid fields warnings'.split(' '),
);
const STATEMENT =
  /\b(?:must|should|shall|is|are|has|have|had|cannot|can't|may|needs?|required|invalid|too|expected|least|most|match|missing|contains?|does|do|length|characters?|allowed|empty|wrong|incorrect|unique|taken|blank)\b/i;
const WORDS = /^[\p{L}"'`([][\p{L}\d\s"'`.,:;!?()[\]<>=/_-]{2,400}$/u;
/** A word that is no word: part of a message that quotes the value. */
const RANDOM = /[A-Za-z]\d+[A-Za-z]|\d[A-Za-z]+\d/;
const MAX_MESSAGES = 50;

export function holdsMessages(words: readonly string[]): boolean {
  return HOLDERS.has(words[words.length - 1] ?? '');
}

/** A sentence of a validator, or a list of them. */
export function isMessage(value: unknown): boolean {
  if (typeof value === 'string') return STATEMENT.test(value) && WORDS.test(value) && !RANDOM.test(value);
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MAX_MESSAGES &&
    (value as unknown[]).every((part) => typeof part === 'string' && isMessage(part))
  );
}
