/** Quotes as HTML entities and JavaScript escapes. */
const ENTITIES = ['&quot;', '&#34;', '&#x22;', '&#39;', '&#x27;', '&apos;', '\\u0022', '\\u0027', '\\x22', '\\x27'];
const AMPERSAND = 38;
const BACKSLASH = 92;

/** The escaped quote that begins here; undefined if there is none. */
export function entityAt(text: string, at: number): string | undefined {
  const code = text.charCodeAt(at);
  if (code !== AMPERSAND && code !== BACKSLASH) return undefined;
  return ENTITIES.find((entity) => text.startsWith(entity, at));
}

/** Length of the escaped quote that ends here; 0 if there is none. */
export function entityBefore(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  if (code !== 59 && code !== 50 && code !== 55) return 0;
  return ENTITIES.find((entity) => text.startsWith(entity, end - entity.length))?.length ?? 0;
}
