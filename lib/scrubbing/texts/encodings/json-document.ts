/** The parsed value where the text is a JSON object, list or text with escapes; undefined for anything else. */
export function parseDocument(text: string): object | string | undefined {
  if (!looksLikeDocument(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return (typeof parsed === 'object' && parsed !== null) || typeof parsed === 'string' ? parsed : undefined;
  } catch {
    return undefined; // cut off or no JSON: the rules for running text look at it
  }
}

/** Signs that may follow the one that opens a list: of a value, white space, or the end of the list. */
const IN_LIST = /[\s[{"\-\dtfn\]]/;

/** By its first and last signs: a text that does not parse costs much more than one that does. */
export function looksLikeDocument(text: string): boolean {
  let from = 0;
  let end = text.length - 1;
  while (from < end && text.charCodeAt(from) <= 32) from++;
  while (end > from && text.charCodeAt(end) <= 32) end--;
  const last = text.charCodeAt(end);
  switch (text.charCodeAt(from)) {
    case 123:
      return last === 125;
    case 91:
      return last === 93 && IN_LIST.test(text.charAt(from + 1));
    case 34:
      return last === 34 && text.includes('\\');
    default:
      return false;
  }
}
