/** In no class of characters. */
const NONE = 128;

/** Reading beyond the end would make V8 give up its fast path for good. */
export function codeAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : NONE;
}

export function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** `：` of Chinese and Japanese: it separates a name from its value, too. */
export const WIDE_COLON = 0xff1a;
