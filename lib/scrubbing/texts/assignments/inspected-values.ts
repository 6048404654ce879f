/** What `util.inspect` prints before a list or an object: `Uint8Array(12) [`, `Set(2) {`, `Credentials {`, `[Object: null prototype] {`. */
const CLASS =
  /(?:<ref \*\d{1,4}> )?(?:[A-Z][\w$]{0,60}(?:\(\d{1,9}\))?(?: \[[\w :]{1,60}\])?|\[[A-Z]\w{0,40}: null prototype\])? ?(?=[[{])/y;
const BYTES = /<(?:Slow)?Buffer |\[Uint8Contents\]: </y;
const MAX_BYTES = 400;
/** Values that hold nothing. */
const EMPTY = /^(?:\[\s{0,4}\]|\{\s{0,4}(?:<(?:pending|items unknown)>)?\s{0,4}\}|\(\))$/;

/** The position after the class of an inspected value. */
export function skipInspectedHead(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code !== 91 && code !== 60 && (code < 65 || code > 90)) return at;
  CLASS.lastIndex = at;
  return CLASS.test(text) ? CLASS.lastIndex : at;
}

/** The bytes of an inspected buffer, in hexadecimal digits; undefined if there is none. */
export function bufferAt(text: string, at: number): { start: number; end: number } | undefined {
  if (text.charCodeAt(at) !== 60) return undefined;
  BYTES.lastIndex = at;
  if (!BYTES.test(text)) return undefined;
  const start = BYTES.lastIndex;
  const close = text.slice(start, start + MAX_BYTES).indexOf('>');
  return close === -1 ? undefined : { start, end: start + close };
}

export function isEmptyValue(value: string): boolean {
  return value.length < 26 && EMPTY.test(value);
}
