/** Whether the JSON of a scrubbed value takes at most this many bytes: stops reading as soon as it takes more. */
export function fitsInto(value: unknown, bytes: number): boolean {
  return leftAfter(value, bytes) >= 0;
}

/** What is left of the bytes after the value; negative if it does not fit. */
function leftAfter(value: unknown, bytes: number): number {
  switch (typeof value) {
    case 'string':
      return leftAfterText(value, bytes);
    case 'number':
      return bytes - String(value).length;
    case 'object':
      if (value === null) return bytes - 4;
      return Array.isArray(value) ? leftAfterList(value as unknown[], bytes) : leftAfterEntries(value, bytes);
    default:
      return bytes - 5; // a boolean, or nothing
  }
}

function leftAfterList(list: readonly unknown[], bytes: number): number {
  let left = bytes - 2;
  for (let at = 0; at < list.length && left >= 0; at++) left = leftAfter(list[at], left - 1);
  return left;
}

function leftAfterEntries(object: object, bytes: number): number {
  let left = bytes - 2;
  for (const key in object) {
    if (left < 0) break;
    left = leftAfter((object as Record<string, unknown>)[key], leftAfterText(key, left - 2));
  }
  return left;
}

function leftAfterText(text: string, bytes: number): number {
  let left = bytes - 2;
  if (text.length > left) return left - text.length;
  for (let at = 0; at < text.length && left >= 0; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) left -= code < 32 ? bytesOfControl(code) : code === 34 || code === 92 ? 2 : 1;
    else if (code < 0x800) left -= 2;
    else if (code < 0xd800 || code > 0xdfff) left -= 3;
    else if (code < 0xdc00 && isLowSurrogate(text.charCodeAt(at + 1))) {
      left -= 4;
      at++;
    } else left -= 6; // half a pair is written as an escape
  }
  return left;
}

/** `\n` and the like are two characters, others six. */
function bytesOfControl(code: number): number {
  return code === 8 || code === 9 || code === 10 || code === 12 || code === 13 ? 2 : 6;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
