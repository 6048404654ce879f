/** Last words of the headers in which services expect their secrets: `X-Partner-Key`, `Shop-Session`. */
const ENDS: ReadonlySet<string> = new Set(['key', 'pass', 'pw', 'session']);
/** Before `key` they name a header of another kind: `Idempotency-Key`, `X-Cache-Key`, `Sec-WebSocket-Key`. */
const OTHER_KEYS: ReadonlySet<string> = new Set(
  (
    'idempotency idempotent cache socket websocket request partition routing row sort public object primary foreign dedup deduplication ' +
    'trace correlation forwarded surrogate content axis storage queue lock group shard file event message varnish match sequence tenant ' +
    'record entity schema bucket hash map translation i18n index unique composite natural'
  ).split(' '),
);
const CUSTOM = /^(?:http[-_])?x[-_]/i;

/**
 * Whether a header of these words holds a secret. Where the name alone says that it is one, as with `X-`, it counts
 * everywhere; any other such name only among headers.
 */
export function headerKind(key: string, words: readonly string[]): 'custom' | 'header' | undefined {
  const last = words[words.length - 1] ?? '';
  const custom = CUSTOM.test(key);
  if (words.length < (custom ? 3 : 2) || !ENDS.has(last) || OTHER_KEYS.has(words[words.length - 2] ?? ''))
    return undefined;
  return custom ? 'custom' : key.includes('-') ? 'header' : undefined;
}
