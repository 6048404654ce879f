import { BoundedJson, TooCostly } from './bounded-json.js';
import { HttpProblem } from './http-problem.js';

/** An envelope of which only the headers are decoded. */
export interface Envelope {
  header: Record<string, unknown>;
  items: EnvelopeItem[];
}

export interface EnvelopeItem {
  header: Record<string, unknown> & { type: string };
  payload: Buffer;
}

/** More than any client puts into one envelope; limits the work of one request. */
const MAX_ITEMS = 1_000;
const MAX_BLANK_LINES = 10_000;
/** Bytes of one header: names, ids and a trace. */
const MAX_HEADER_BYTES = 256 * 1024;
const NEWLINE = 0x0a;

/**
 * Parses an envelope: https://develop.sentry.dev/sdk/data-model/envelopes/
 *
 * An item with `length` has exactly that many bytes, including newlines; without it, the item ends at the next newline.
 * The newline after the last item is optional; empty lines between items are skipped.
 *
 * @throws {HttpProblem} 400 with the reason and the byte offset
 */
export function parseEnvelope(body: Buffer, json: BoundedJson = new BoundedJson()): Envelope {
  if (body.length === 0) throw malformed('the body is empty', 0);
  const headerEnd = endOfLine(body, 0);
  const header = parseHeader(body, 0, headerEnd, 'envelope header', json);
  const items: EnvelopeItem[] = [];

  let offset = headerEnd + 1;
  let blankLines = 0;
  while (offset < body.length) {
    const lineEnd = endOfLine(body, offset);
    if (isBlank(body, offset, lineEnd)) {
      if (blankLines++ === MAX_BLANK_LINES) throw malformed(`more than ${MAX_BLANK_LINES} empty lines`, offset);
      offset = lineEnd + 1;
      continue;
    }
    if (items.length === MAX_ITEMS) throw malformed(`more than ${MAX_ITEMS} items`, offset);
    const itemHeader = parseHeader(body, offset, lineEnd, 'item header', json);
    if (!hasType(itemHeader)) throw malformed('item header without type', offset);

    const start = Math.min(lineEnd + 1, body.length);
    const end = endOfPayload(body, start, itemHeader.length);
    items.push({ header: itemHeader, payload: body.subarray(start, end) });
    offset = end + 1;
  }
  return { header, items };
}

function endOfPayload(body: Buffer, start: number, length: unknown): number {
  if (length === undefined || length === null) return endOfLine(body, start);
  if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0) {
    throw malformed(`item length: received ${JSON.stringify(length)}; expected a whole number of bytes`, start);
  }
  const end = start + length;
  if (end > body.length) {
    throw malformed(`item length ${length}, but only ${body.length - start} bytes left`, start);
  }
  if (end < body.length && body[end] !== NEWLINE) {
    throw malformed(`item length ${length}, but the item does not end there`, start);
  }
  return end;
}

function parseHeader(
  body: Buffer,
  start: number,
  end: number,
  what: string,
  json: BoundedJson,
): Record<string, unknown> {
  if (end - start > MAX_HEADER_BYTES) throw malformed(`${what} is longer than ${MAX_HEADER_BYTES / 1024} KB`, start);
  let value: unknown;
  try {
    value = json.parse(body.toString('utf8', start, end));
  } catch (error) {
    throw malformed(error instanceof TooCostly ? `${what} is ${error.message}` : `${what} is not JSON`, start);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(`${what} is not a JSON object`, start);
  }
  return value as Record<string, unknown>;
}

function hasType(header: Record<string, unknown>): header is EnvelopeItem['header'] {
  return typeof header.type === 'string' && header.type !== '';
}

function endOfLine(body: Buffer, from: number): number {
  const found = body.indexOf(NEWLINE, from);
  return found === -1 ? body.length : found;
}

function isBlank(body: Buffer, start: number, end: number): boolean {
  return end === start || (end === start + 1 && body[start] === 0x0d);
}

function malformed(what: string, at: number): HttpProblem {
  return new HttpProblem(400, `malformed envelope: ${what} (at byte ${at})`);
}
