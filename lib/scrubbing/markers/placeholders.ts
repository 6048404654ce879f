/** What a statement, a template or a manual has in place of a value. */
const PLACEHOLDER =
  /^(?:\$[A-Za-z_]\w{0,60}|\$\d{1,3}|\?|%[sdifjoO]|:[A-Za-z_]\w{0,60}|@[pP]?\d{1,3}|[*.•]{2,80}|\$\{{1,2}[^{}]{1,80}\}{1,2}|\{\{[^{}]{1,80}\}\}|\{\w{0,40}\}|\$\([^()]{1,80}\)|<[A-Za-z][\w .-]{0,60}>|\[[A-Z][A-Z _-]{0,60}\]|\[[A-Za-z][a-z]{0,20}(?: [a-z]{1,20}){1,8}\]|\[(?:Object|Array|Getter|Setter|Getter\/Setter|Circular|Function|AsyncFunction|class|Symbol|Redacted|Hidden|Masked)\b[^[\]]{0,60}\]|<(?:redacted|hidden|masked)>)$/;

/** A placeholder reveals nothing, and helps to tell which value was meant: it is kept. */
export function isPlaceholder(value: string): boolean {
  return value.length < 90 && PLACEHOLDER.test(value);
}

/** Real keys have at least this many distinct characters, unlike `AKIAXXXXXXXXXXXXXXXX` and `sgp_000…`. */
const MIN_DISTINCT_CHARACTERS = 8;

/** A key from a manual, such as AWS's `AKIAIOSFODNN7EXAMPLE`. */
export function isExampleKey(key: string): boolean {
  if (key.endsWith('EXAMPLE')) return true;
  const characters = new Set<number>();
  for (let at = 0; at < key.length && characters.size < MIN_DISTINCT_CHARACTERS; at++)
    characters.add(key.charCodeAt(at));
  return characters.size < MIN_DISTINCT_CHARACTERS;
}
