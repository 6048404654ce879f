import { TooCostly, type BoundedJson } from './bounded-json.js';
import { type AttachmentPayload, type BinaryPayload } from './inbox-item.js';
import { type EnvelopeItem } from './envelope.js';

/** Bytes of an attachment that are kept: the page is for inspection, not for storage. */
const MAX_KEPT_BYTES = 512 * 1024;
/** Characters that are shown of a payload that is not parsed. */
const MAX_SHOWN = 10_000;
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Decodes an item: to parsed JSON, else text, else base64. Never throws. */
export function decodePayload(item: EnvelopeItem, eventId: string | undefined, json: BoundedJson): unknown {
  if (item.header.type === 'attachment') return decodeAttachment(item, eventId);
  const text = decodeUtf8(item.payload);
  if (text === undefined) return decodeBinary(item.payload);
  return parseJson(text, json);
}

function parseJson(text: string, json: BoundedJson): unknown {
  try {
    return json.parse(text);
  } catch (error) {
    if (error instanceof TooCostly) return `This payload is ${error.message}: ${text.slice(0, MAX_SHOWN)}…`;
    return text; // shown as received: the author of a faulty client wants to see it
  }
}

function decodeAttachment({ header, payload }: EnvelopeItem, eventId: string | undefined): AttachmentPayload {
  const shown: AttachmentPayload = {
    filename: typeof header.filename === 'string' ? header.filename : 'attachment',
    ...(typeof header.content_type === 'string' && { contentType: header.content_type }),
    ...(typeof header.attachment_type === 'string' && { attachmentType: header.attachment_type }),
    ...(eventId !== undefined && { eventId }),
    size: payload.length,
  };
  const text = payload.length <= MAX_KEPT_BYTES ? decodeUtf8(payload) : undefined;
  if (text !== undefined) return { ...shown, text };
  return { ...shown, ...decodeBinary(payload) };
}

function decodeBinary(payload: Buffer): BinaryPayload {
  const kept = payload.subarray(0, MAX_KEPT_BYTES);
  const truncated = kept.length < payload.length;
  return { size: payload.length, base64: kept.toString('base64'), ...(truncated && { truncated: true as const }) };
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return STRICT_UTF8.decode(bytes);
  } catch {
    return undefined; // not text
  }
}
