import { types } from 'node:util';
import { copyToSize } from '../bounds/index.js';
import { read } from '../grouping/index.js';
import { cutMarker } from '../scrubbing/index.js';

/** The request or the response of a failed call, bounded; it is scrubbed before it is sent. */
export interface HttpMessage {
  headers?: unknown;
  body?: unknown;
}

/** Bytes as JSON. */
const MAX_HEADERS = 8_192;
const MAX_BODY = 16_384;
/** Longer JSON is not parsed: without its structure it cannot be scrubbed as well, so it is left out. Characters. */
const MAX_JSON = 65_536;
const MAX_HEADER_COUNT = 100;

/** @returns undefined if nothing is known of it */
export function httpMessage(headers: unknown, body: unknown): HttpMessage | undefined {
  const message: HttpMessage = { headers: headersOf(headers), body: bodyOf(body) };
  return message.headers === undefined && message.body === undefined ? undefined : message;
}

/** Headers as an object, a `Headers`, axios' own class, undici's list of names and values, or lines. */
function headersOf(headers: unknown): unknown {
  if (typeof headers === 'string')
    return copyToSize(entriesOf(pairsOf(headers.split('\r\n', MAX_HEADER_COUNT))), MAX_HEADERS);
  if (typeof headers !== 'object' || headers === null) return undefined;
  if (Array.isArray(headers)) return copyToSize(entriesOf(headers), MAX_HEADERS);
  if (typeof read(headers, 'toJSON') !== 'function' && Symbol.iterator in headers)
    return copyToSize(Object.fromEntries(first(headers as Iterable<[string, unknown]>)), MAX_HEADERS);
  return copyToSize(headers, MAX_HEADERS);
}

function pairsOf(lines: string[]): string[] {
  return lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [line.slice(0, colon), line.slice(colon + 1).trim()] : [];
  });
}

function entriesOf(pairs: readonly unknown[]): Record<string, unknown> {
  const entries: Record<string, unknown> = {};
  for (let at = 0; at + 1 < pairs.length && at < 2 * MAX_HEADER_COUNT; at += 2) {
    const name = String(pairs[at]);
    if (name !== '__proto__') entries[name] = pairs[at + 1];
  }
  return entries;
}

function* first(entries: Iterable<[string, unknown]>): Iterable<[string, unknown]> {
  let count = 0;
  for (const entry of entries) {
    if (count++ === MAX_HEADER_COUNT) return;
    yield entry;
  }
}

function bodyOf(body: unknown): unknown {
  if (body === undefined || body === null || body === '' || typeof body === 'function') return undefined;
  if (typeof body === 'string') return textOf(body);
  if (body instanceof URLSearchParams) return textOf(body.toString());
  if (types.isProxy(body) || isStream(body)) return undefined;
  return copyToSize(body, MAX_BODY);
}

function textOf(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return copyToSize(text, MAX_BODY);
  if (text.length > MAX_JSON) return cutMarker(`${text.length} characters`);
  try {
    return copyToSize(JSON.parse(text), MAX_BODY);
  } catch {
    return copyToSize(text, MAX_BODY);
  }
}

/** Streams, web streams, forms and other bodies that are read once. */
function isStream(body: unknown): boolean {
  return ['pipe', 'getReader', 'arrayBuffer', 'getHeaders', 'getAll'].some(
    (name) => typeof read(body, name) === 'function',
  );
}
