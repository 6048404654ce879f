import { type RelayCheck } from './relay/relay-check.js';

/** One item sent by a Sentry client: an error, a transaction, a batch of logs, a check-in. */
export interface InboxItem {
  /** Unique in this inbox, also after a restart with `file`. */
  id: string;
  /** The envelope's item type: `event`, `transaction`, `span`, `log`, `trace_metric`, `check_in`, `attachment`, … */
  type: string;
  /** When it was received, ISO 8601. */
  receivedAt: string;
  /** The parsed JSON; a string if it is not JSON; an {@link AttachmentPayload} or {@link BinaryPayload} for bytes. */
  payload: unknown;
  /** What Sentry would do with it; missing for alerts, and for items of an older file. */
  relay?: RelayCheck;
}

/** Payload of an attachment: as text if the bytes are UTF-8, else as base64. */
export interface AttachmentPayload {
  filename: string;
  contentType?: string;
  attachmentType?: string;
  /** Id of the event it belongs to. */
  eventId?: string;
  /** Size in bytes, as received. */
  size: number;
  text?: string;
  base64?: string;
  /** Set if only the beginning was kept. */
  truncated?: true;
}

/** Payload of any other item that is not UTF-8 (a replay recording, a profile). */
export interface BinaryPayload {
  size: number;
  base64: string;
  truncated?: true;
}

/** An item as it is stored: serialized once for the page, the stream and the file. */
export interface StoredItem {
  id: string;
  type: string;
  /** The whole {@link InboxItem} as JSON on one line. */
  json: string;
}

/** Returns a new {@link InboxItem}, so that no reader can change another reader's item. */
export function readItem(stored: StoredItem): InboxItem {
  return JSON.parse(stored.json) as InboxItem;
}

/** Parses one line of JSON; undefined if it is not an item. */
export function parseStoredItem(line: string): StoredItem | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined; // the caller decides: after a crash the last line may be truncated
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, type, receivedAt } = value as Partial<InboxItem>;
  if (typeof id !== 'string' || typeof type !== 'string' || typeof receivedAt !== 'string') return undefined;
  return { id, type, json: line };
}
