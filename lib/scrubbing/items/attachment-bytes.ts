/** Scrubs bytes as text: UTF-8 if they are valid, else Latin-1. Returns the same reference if nothing changed. */
export function scrubBytes(bytes: Uint8Array, scrub: (text: string) => string): Uint8Array {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    const clean = scrub(raw);
    return clean === raw ? bytes : new Uint8Array(Buffer.from(clean, 'latin1'));
  }
  const clean = scrub(text);
  return clean === text ? bytes : new TextEncoder().encode(clean);
}
