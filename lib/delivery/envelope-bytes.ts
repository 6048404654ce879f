import { categoryOf, rankOf, type Category } from './categories.js';

type Header = Record<string, unknown>;
/** An envelope of the SDK: its header, and the header and payload of each item. */
export type EnvelopeParts = [header: Header, items: [header: Header, payload: unknown][]];

const NEWLINE = Buffer.from('\n');
const NEWLINE_BYTE = 10;

/**
 * The bytes of an envelope on the wire.
 *
 * @throws TypeError - if a payload cannot be written as JSON
 */
export function toBytes([header, items]: EnvelopeParts): Buffer {
  let text = JSON.stringify(header);
  const parts: Buffer[] = [];
  for (const [itemHeader, payload] of items) {
    if (payload instanceof Uint8Array) {
      parts.push(
        Buffer.from(`${text}\n${JSON.stringify({ ...itemHeader, length: payload.length })}\n`),
        asBuffer(payload),
      );
      text = '';
    } else {
      text += `\n${JSON.stringify(itemHeader)}\n${typeof payload === 'string' ? payload : JSON.stringify(payload)}`;
    }
  }
  if (parts.length === 0) return Buffer.from(text);
  parts.push(Buffer.from(text));
  return Buffer.concat(parts);
}

/** Parses an envelope; attachments, and payloads that are not JSON, stay bytes. */
export function fromBytes(bytes: Buffer): EnvelopeParts {
  let position = 0;
  const line = (): Buffer => {
    const end = bytes.indexOf(NEWLINE_BYTE, position);
    const found = bytes.subarray(position, end < 0 ? bytes.length : end);
    position += found.length + 1;
    return found;
  };
  const header = JSON.parse(line().toString()) as Header;
  const items: EnvelopeParts[1] = [];
  while (position < bytes.length) {
    const itemHeader = JSON.parse(line().toString()) as Header;
    const { length, type } = itemHeader;
    const start = position;
    const payload = typeof length === 'number' ? bytes.subarray(start, (position = start + length)) : line();
    if (typeof length === 'number') position++;
    items.push([itemHeader, type === 'attachment' ? payload : parsed(payload)]);
  }
  return [header, items];
}

/** The category by which an envelope is queued: the category of its most valuable item. */
export function mainCategory(items: EnvelopeParts[1]): Category {
  let main: Category = 'internal';
  for (const [{ type }] of items) {
    const category = categoryOf(type);
    if (rankOf(category) < rankOf(main)) main = category;
  }
  return main;
}

/**
 * The envelope without the items that are rate limited, and the categories of those items. Attachments and profiles
 * have their own limits.
 */
export function withoutLimited(
  bytes: Buffer,
  isLimited: (category: Category) => boolean,
): { bytes: Buffer; removed: Category[] } {
  const [header, items] = fromBytes(bytes);
  const kept = items.filter(([{ type }]) => !isLimited(categoryOf(type)));
  if (kept.length === items.length) return { bytes, removed: [] };
  const removed = items.filter((item) => !kept.includes(item)).map(([{ type }]) => categoryOf(type));
  return { bytes: toBytes([header, kept]), removed };
}

/**
 * The envelope with the current time as `sent_at`: Sentry treats the difference to its own clock as clock drift, and
 * would shift the timestamps of an event that had to wait.
 */
export function withSentAt(bytes: Buffer, now: number): Buffer {
  const end = bytes.indexOf(NEWLINE_BYTE);
  if (end < 0) return bytes;
  const header = JSON.parse(bytes.toString('utf8', 0, end)) as Header;
  const line = JSON.stringify({ ...header, sent_at: new Date(now).toISOString() });
  return Buffer.concat([Buffer.from(line), NEWLINE, bytes.subarray(end + 1)]);
}

function parsed(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    return payload;
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
