/** One thing that a Sentry client sent: an error, a transaction, a batch of logs, a check-in. */
export interface InboxItem {
  /** Unique in this inbox, also across a restart with `file`. */
  id: string;
  /** The envelope's item type: `event`, `transaction`, `span`, `log`, `trace_metric`, `check_in`, `attachment`, … */
  type: string;
  /** When it arrived, ISO 8601. */
  receivedAt: string;
  /** The parsed JSON; text where it is no JSON; an {@link AttachmentPayload} or {@link BinaryPayload} for bytes. */
  payload: unknown;
}

/** How an attachment is shown: text where the bytes are UTF-8, else base64. */
export interface AttachmentPayload {
  filename: string;
  contentType?: string;
  attachmentType?: string;
  /** The event that it came with. */
  eventId?: string;
  /** Bytes as they arrived. */
  size: number;
  text?: string;
  base64?: string;
  /** Present when only the beginning was kept. */
  truncated?: true;
}

/** How any other item is shown whose bytes are not UTF-8 (a replay recording, a profile). */
export interface BinaryPayload {
  size: number;
  base64: string;
  truncated?: true;
}

/** An item as it is kept: its JSON is made once and serves the page, the stream and the file. */
export interface StoredItem {
  id: string;
  type: string;
  /** The whole {@link InboxItem} as JSON on one line. */
  json: string;
}

/** Makes an {@link InboxItem} from what is stored: a fresh object, so that no reader can change another's. */
export function readItem(stored: StoredItem): InboxItem {
  return JSON.parse(stored.json) as InboxItem;
}

/** The stored form of one line of JSON, or undefined where the line holds no item. */
export function parseStoredItem(line: string): StoredItem | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined; // the caller decides: a truncated last line is expected after a crash
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, type, receivedAt } = value as Partial<InboxItem>;
  if (typeof id !== 'string' || typeof type !== 'string' || typeof receivedAt !== 'string') return undefined;
  return { id, type, json: line };
}
