/** What stands in a statement, a template or a manual where a value would be. */
const PLACEHOLDER =
  /^(?:\$[A-Za-z_]\w{0,60}|\$\d{1,3}|\?|%[sdifjoO]|:[A-Za-z_]\w{0,60}|@[pP]\d{1,3}|[*.•]{2,80}|\$\{{1,2}[^{}]{1,80}\}{1,2}|\{\{[^{}]{1,80}\}\}|\$\([^()]{1,80}\)|<[A-Za-z][\w .-]{0,60}>|\[[A-Z][A-Z _-]{0,60}\])$/;

/** Nothing is lost with such a value, and something is learnt: which one was meant. */
export function isPlaceholder(value: string): boolean {
  return value.length < 90 && PLACEHOLDER.test(value);
}

/** Signs that a real key has more of: `AKIAXXXXXXXXXXXXXXXX`, `sgp_000…`, AWS's own `AKIAIOSFODNN7EXAMPLE`. */
const MIN_DISTINCT_CHARACTERS = 8;

export function isExampleKey(key: string): boolean {
  if (key.endsWith('EXAMPLE')) return true;
  const characters = new Set<number>();
  for (let at = 0; at < key.length && characters.size < MIN_DISTINCT_CHARACTERS; at++)
    characters.add(key.charCodeAt(at));
  return characters.size < MIN_DISTINCT_CHARACTERS;
}
