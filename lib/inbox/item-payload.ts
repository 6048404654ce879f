import { NOT_READ, TooCostly, type BoundedJson } from '../envelopes/bounded-json.js';
import { type AttachmentPayload, type BinaryPayload } from './inbox-item.js';
import { type EnvelopeItem } from '../envelopes/envelope.js';

/** Bytes of an attachment that are kept: the page is for inspection, not for storage. */
const MAX_KEPT_BYTES = 512 * 1024;
/** Bytes that are kept of everything in a delivery that is not JSON: written as JSON, a byte takes up to six. */
const MAX_KEPT_OF_DELIVERY = 2 * 1024 * 1024;
/** Characters that are shown of a payload that is not parsed. */
const MAX_SHOWN = 10_000;
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Decodes the items of one delivery within limits on what is parsed and kept of them in total. */
export class PayloadDecoder {
  private left = MAX_KEPT_OF_DELIVERY;

  constructor(private readonly json: BoundedJson) {}

  /** To parsed JSON, else text, else base64. Never throws. */
  decode(item: EnvelopeItem, eventId: string | undefined): unknown {
    if (item.header.type === 'attachment') return this.attachment(item, eventId);
    const text = decodeUtf8(item.payload);
    return text === undefined ? this.binary(item.payload) : this.parse(text);
  }

  private parse(text: string): unknown {
    try {
      return this.json.parse(text);
    } catch (error) {
      if (error instanceof TooCostly) {
        const shown = text.slice(0, this.take(Math.min(text.length, MAX_SHOWN)));
        return `${NOT_READ}${error.message}: ${shown}…`;
      }
      // Shown as received: the author of a faulty client wants to see it.
      const shown = text.slice(0, this.take(text.length));
      return shown.length < text.length ? `${shown}…` : text;
    }
  }

  private attachment({ header, payload }: EnvelopeItem, eventId: string | undefined): AttachmentPayload {
    const shown: AttachmentPayload = {
      filename: shortText(header.filename) ?? 'attachment',
      ...optional('contentType', shortText(header.content_type)),
      ...optional('attachmentType', shortText(header.attachment_type)),
      ...optional('eventId', eventId),
      size: payload.length,
    };
    const text = payload.length <= Math.min(this.left, MAX_KEPT_BYTES) ? decodeUtf8(payload) : undefined;
    if (text === undefined) return { ...shown, ...this.binary(payload) };
    this.take(payload.length);
    return { ...shown, text };
  }

  private binary(payload: Buffer): BinaryPayload {
    const kept = payload.subarray(0, this.take(payload.length));
    const truncated = kept.length < payload.length;
    return { size: payload.length, base64: kept.toString('base64'), ...(truncated && { truncated: true as const }) };
  }

  private take(wanted: number): number {
    const taken = Math.min(wanted, MAX_KEPT_BYTES, this.left);
    this.left -= taken;
    return taken;
  }
}

function shortText(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, MAX_SHOWN) : undefined;
}

function optional<Name extends string>(name: Name, value: string | undefined): { [name in Name]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { [name in Name]?: string };
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return STRICT_UTF8.decode(bytes);
  } catch {
    return undefined; // not text
  }
}
