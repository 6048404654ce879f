/** Steps to parse and to serialize one character: brackets and names take more than those of texts. */
export const STEPS_TO_PARSE = 20;
/** White space around a document. */
const MAX_SPACE = 1000;

/** The parsed value if the text is a JSON object, list or string with escapes; undefined for anything else. */
export function parseDocument(text: string): object | string | undefined {
  if (!looksLikeDocument(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return (typeof parsed === 'object' && parsed !== null) || typeof parsed === 'string' ? parsed : undefined;
  } catch {
    return undefined; // truncated or not JSON: the rules for running text apply
  }
}

/** Characters that may follow an opening bracket: the start of a value, white space, or the end of the list. */
const IN_LIST = /[\s[{"\-\dtfn\]]/;

/** Checks the first and last characters: a text that fails to parse costs much more than one that parses. */
export function looksLikeDocument(text: string): boolean {
  let from = 0;
  let end = text.length - 1;
  const first = Math.min(end, MAX_SPACE);
  while (from < first && text.charCodeAt(from) <= 32) from++;
  const least = Math.max(from, end - MAX_SPACE);
  while (end > least && text.charCodeAt(end) <= 32) end--;
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
