import { categoryOf, rankOf, type Category } from './categories.js';

type Header = Record<string, unknown>;
/** An envelope as the SDK hands it over: its header, and items of a header and a payload each. */
export type EnvelopeParts = [header: Header, items: [header: Header, payload: unknown][]];

const NEW_LINE = Buffer.from('\n');
const LINE_END = 10;

/**
 * The bytes of an envelope as they go over the wire.
 *
 * @throws TypeError - where a payload cannot be written as JSON
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

/** The envelope that these bytes are; payloads of a stated length that are no JSON stay bytes. */
export function fromBytes(bytes: Buffer): EnvelopeParts {
  let at = 0;
  const line = (): Buffer => {
    const end = bytes.indexOf(LINE_END, at);
    const found = bytes.subarray(at, end < 0 ? bytes.length : end);
    at += found.length + 1;
    return found;
  };
  const header = JSON.parse(line().toString()) as Header;
  const items: EnvelopeParts[1] = [];
  while (at < bytes.length) {
    const itemHeader = JSON.parse(line().toString()) as Header;
    const { length, type } = itemHeader;
    const start = at;
    const payload = typeof length === 'number' ? bytes.subarray(start, (at = start + length)) : line();
    if (typeof length === 'number') at++;
    items.push([itemHeader, type === 'attachment' ? payload : parsed(payload)]);
  }
  return [header, items];
}

/** The category that decides when an envelope is sent: that of its most valuable item. */
export function mainCategory(items: EnvelopeParts[1]): Category {
  let main: Category = 'internal';
  for (const [{ type }] of items) {
    const category = categoryOf(type);
    if (rankOf(category) < rankOf(main)) main = category;
  }
  return main;
}

/**
 * The same envelope without the items that are limited, beside their categories; as it is where there are none.
 * Attachments and profiles have limits of their own.
 */
export function withoutLimited(
  bytes: Buffer,
  isLimited: (category: Category) => boolean,
): { bytes: Buffer; left: Category[] } {
  const [header, items] = fromBytes(bytes);
  const kept = items.filter(([{ type }]) => !isLimited(categoryOf(type)));
  if (kept.length === items.length) return { bytes, left: [] };
  const left = items.filter((item) => !kept.includes(item)).map(([{ type }]) => categoryOf(type));
  return { bytes: toBytes([header, kept]), left };
}

/**
 * The same envelope with the present time as `sent_at`: Sentry takes the difference between that and its own clock for
 * an error of ours, and would move the times of an event that had to wait.
 */
export function sentNow(bytes: Buffer, now: number): Buffer {
  const end = bytes.indexOf(LINE_END);
  if (end < 0) return bytes;
  const header = JSON.parse(bytes.toString('utf8', 0, end)) as Header;
  const line = JSON.stringify({ ...header, sent_at: new Date(now).toISOString() });
  return Buffer.concat([Buffer.from(line), NEW_LINE, bytes.subarray(end + 1)]);
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
