import { FILTERED } from '../../markers/marker.js';
import type { KeyRules } from '../../names/key-rules.js';

/** The beginning of the header of a part. */
const PART = /content-disposition:\s{0,4}form-data;/gi;
const NAME = /name=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i;
const MAX_HEADER_LENGTH = 800;
/** RFC 2046: 70 characters, with dashes and line ends. */
const MAX_BOUNDARY = 80;

/** Multipart bodies: replaces the values of fields with sensitive names, and scrubs every other value as a text. */
export function scrubMultipart(text: string, keys: KeyRules, scrubValue: (text: string) => string): string {
  if (!text.includes('form-data')) return text;
  let out = '';
  let copied = 0;
  PART.lastIndex = 0;
  const parts: { name: string; from: number; at: number }[] = [];
  let newline = -1;
  for (let part = PART.exec(text); part; part = PART.exec(text)) {
    if (newline < PART.lastIndex) newline = text.indexOf('\n', PART.lastIndex);
    if (newline === -1) break;
    if (newline - PART.lastIndex > MAX_HEADER_LENGTH) continue;
    const name = NAME.exec(text.slice(PART.lastIndex, newline));
    if (!name) continue;
    PART.lastIndex = newline + 1; // each line is read once
    parts.push({ name: name[1] ?? name[2] ?? '', at: part.index, from: newline + 1 });
  }
  const boundary = boundaryBefore(text, parts[0]?.at ?? 0);
  for (const [index, { name, from }] of parts.entries()) {
    const limit = parts[index + 1]?.at ?? text.length;
    const start = afterHeaders(text, from, limit);
    const end = beforeBoundary(text, start, limit, boundary);
    const value = text.slice(start, end);
    const clean = value === '' ? value : keys.of(name).rule ? FILTERED : scrubValue(value);
    if (clean === value) continue;
    out += text.slice(copied, start) + clean;
    copied = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** After the empty line that ends the headers of a part. */
function afterHeaders(text: string, from: number, limit: number): number {
  let line = from;
  while (line < limit) {
    if (text.charCodeAt(line) === 10) return line + 1;
    if (text.startsWith('\r\n', line)) return line + 2;
    while (line < limit && text.charCodeAt(line) !== 10) line++;
    line++;
  }
  return limit;
}

/** The line before the first part: `--boundary`; only its beginning if it is not in the text. */
function boundaryBefore(text: string, part: number): string {
  const before = text.slice(Math.max(0, part - MAX_BOUNDARY), part).trimEnd();
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return line.startsWith('--') ? line : '--';
}

function beforeBoundary(text: string, start: number, limit: number, boundary: string): number {
  // only in this part: searching to the end of the text for each part would be quadratic
  const found = text.slice(start, limit).indexOf(`\n${boundary}`);
  if (found === -1) return limit;
  const end = start + found;
  return text.charCodeAt(end - 1) === 13 ? Math.max(start, end - 1) : end;
}
