/** More than any pattern shows. */
const MAX_BYTES = 256;

/** A key as text; undefined if there is none. */
export function textOfKey(key: unknown): string | undefined {
  if (typeof key === 'string') return key;
  if (typeof key === 'number') return String(key);
  return Buffer.isBuffer(key) ? key.toString('utf8', 0, MAX_BYTES) : undefined;
}
