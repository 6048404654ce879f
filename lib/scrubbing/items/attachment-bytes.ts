const NEWLINE = 10;
const BRACE = 0x7b;
/** The recording of a replay begins with a line of JSON, which is not longer. */
const MAX_HEAD = 1_000;

/** How formats begin in which everything is compressed: PNG, JPEG, GIF, WebM, gzip, zip, zlib. */
const STARTS = [
  '\x89PNG\r\n',
  '\xff\xd8\xff',
  'GIF87a',
  'GIF89a',
  '\x1aE\xdf\xa3',
  '\x1f\x8b\b',
  'PK\x03\x04',
  'x\x01',
  'x\x9c',
  'x\xda',
];
const LONGEST_START = 12;

/**
 * Scrubs bytes as text: UTF-8 if they are valid, else Latin-1. Compressed bytes stay: no secret can be seen in them, but
 * many sequences that look like one. Returns the same reference if nothing changed.
 *
 * @param isTooMuch - whether so many bytes would cost too much
 * @param instead - takes the place of bytes that would
 */
export function scrubBytes(
  bytes: Uint8Array,
  scrub: (text: string) => string,
  isTooMuch: (size: number) => boolean,
  instead: string,
): Uint8Array {
  const head = bytes[0] === BRACE ? Math.max(0, bytes.subarray(0, MAX_HEAD).indexOf(NEWLINE)) : 0;
  const text = isCompressed(bytes.subarray(head > 0 ? head + 1 : 0)) ? bytes.subarray(0, head) : bytes;
  if (isTooMuch(text.length)) return Buffer.from(instead);
  const clean = scrubText(text, scrub);
  if (clean === text) return bytes;
  return text === bytes ? clean : Buffer.concat([clean, bytes.subarray(head)]);
}

/** Text in UTF-8 that happens to begin so is text. */
function isCompressed(bytes: Uint8Array): boolean {
  const start = latin1(bytes.subarray(0, LONGEST_START));
  const isWebP = start.startsWith('RIFF') && start.startsWith('WEBP', 8);
  const isMp4 = start.startsWith('\0') && start.startsWith('ftyp', 4);
  return (isWebP || isMp4 || STARTS.some((each) => start.startsWith(each))) && fromUtf8(bytes) === undefined;
}

function scrubText(bytes: Uint8Array, scrub: (text: string) => string): Uint8Array {
  const text = fromUtf8(bytes);
  const raw = text ?? latin1(bytes);
  const clean = scrub(raw);
  if (clean === raw) return bytes;
  return text === undefined ? new Uint8Array(Buffer.from(clean, 'latin1')) : new TextEncoder().encode(clean);
}

function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
