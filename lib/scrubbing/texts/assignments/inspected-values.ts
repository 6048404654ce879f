/**
 * What `util.inspect` prints before a list or an object: `Uint8Array(12) [`, `Set(2) {`, `[Object: null prototype] {`; of
 * PHP's `var_dump`, of Go's spew (`(string) (len=14) "…"`) and of pydantic, before a text.
 */
const HEAD =
  /\s{0,40}string\(\d{1,9}\) (?=")|\([*\w.[\]]{2,60}\) (?:\(len=\d{1,9}(?: cap=\d{1,9})?\) )?(?=["{])|Secret(?:Str|Bytes)?\((?=b?["'])|(?:<ref \*\d{1,4}> )?(?:(?:[A-Z][\w$]{0,60}\(\d{1,9}\)|Array|Map|Set|WeakMap|WeakSet|Promise|ArrayBuffer|Uint8Array|Error)(?: \[[\w :]{1,60}\])? |\[[A-Z]\w{0,40}: null prototype\] )?(?=[[{])/y;
/** The name of a class of the application, before its members; it might also be a password. */
const CLASS = /(?:<ref \*\d{1,4}> )?[A-Z][A-Za-z\d]{0,60} (?=\{[ \n}])/y;
const BYTES = /<(?:Slow)?Buffer |\[Uint8Contents\]: </y;
const MAX_BYTES = 400;
/** Values that hold nothing. */
const EMPTY =
  /^(?:<ref \*\d{1,4}> )?(?:[A-Z][A-Za-z\d]{0,60} )?(?:\[\s{0,4}\]|\{\s{0,4}(?:<(?:pending|items unknown)>)?\s{0,4}\}|\(\))$/;

/** The position after what names the kind of an inspected value. */
export function skipInspectedHead(text: string, at: number): number {
  return endOf(HEAD, text, at);
}

/** The brace of an object of a class that is named here; the same position if there is none. */
export function skipClass(text: string, at: number): number {
  return endOf(CLASS, text, at);
}

function endOf(form: RegExp, text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code !== 91 && code !== 60 && code !== 40 && code !== 10 && code !== 115 && (code < 65 || code > 90)) return at;
  form.lastIndex = at;
  return form.test(text) ? form.lastIndex : at;
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
  return value.length < 100 && (EMPTY.test(value) || /^[[{]\s{0,20}$/.test(value));
}
