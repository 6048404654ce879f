import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { InboxPortTakenError } from './inbox-port-taken-error.js';
import { readItem, type InboxItem, type StoredItem } from './inbox-item.js';
import { ItemFile } from './item-file.js';
import { ItemStore } from './item-store.js';
import { LiveStream } from './live-stream.js';
import { pageAssets } from './page/page.js';
import { route, type InboxParts } from './router.js';

/** What {@link startInbox} takes. */
interface InboxStartOptions {
  /** Port to listen on; 0 takes any free one. Default 8970. */
  port?: number;
  /** The inbox is for one machine: it listens nowhere else. */
  host?: '127.0.0.1';
  /** Items kept; the oldest go first. Default 500. Their JSON is bounded too, at 64 million characters. */
  limit?: number;
  /** A file of JSON lines that keeps the items; read back at start. Default: none, items live in memory. */
  file?: string;
  /** Is told what goes wrong while the inbox runs (the file cannot be written). Default: nobody is. */
  onFault?: (message: string) => void;
}

/** A running inbox. */
export interface Inbox {
  /** Where the page is, without a slash at its end: `http://127.0.0.1:8970`. */
  readonly url: string;
  /** What goes into SENTRY_DSN; any other key and project are taken as well. */
  readonly dsn: string;
  readonly port: number;
  /** The items, newest first. */
  items(filter?: { type?: string; limit?: number }): InboxItem[];
  clear(): void;
  /** Is called with every item as it arrives. Returns the function that ends it. */
  onItem(listener: (item: InboxItem) => void): () => void;
  /** Ends all connections, and settles when the port is free and the file is written. */
  close(): Promise<void>;
}

export const DEFAULT_PORT = 8970;
export const DEFAULT_LIMIT = 500;
const MAX_CHARACTERS = 64_000_000;

/**
 * Starts a local receiver that takes what a Sentry client sends and shows it on a page.
 *
 * @throws {InboxPortTakenError} when something listens on the port.
 * @throws {RangeError} for a port or a limit that is none.
 * @throws {Error} when the file cannot be used.
 */
export async function startInbox(options: InboxStartOptions = {}): Promise<Inbox> {
  const { port = DEFAULT_PORT, host = '127.0.0.1', limit = DEFAULT_LIMIT, onFault = () => undefined } = options;
  requireInteger('port', port, 0, 65_535);
  requireInteger('limit', limit, 1, 1_000_000);

  const store = new ItemStore(limit, MAX_CHARACTERS);
  const stream = new LiveStream();
  const listeners = new Set<(item: InboxItem) => void>();
  const file = options.file === undefined ? undefined : new ItemFile(options.file, store, onFault);
  const ready: { parts?: InboxParts } = {};
  const server = createServer({ requestTimeout: 60_000 }, (request, response) => {
    if (ready.parts !== undefined) void route(request, response, ready.parts);
    else response.writeHead(503, { 'retry-after': '1' }).end(); // the file is still being read
  });

  try {
    await listen(server, port, host);
    // After the port: of two inboxes with the same file, the one that cannot start must not touch it.
    await file?.load();
  } catch (error) {
    stream.close();
    server.close();
    throw error;
  }

  const boundPort = (server.address() as AddressInfo).port;
  const url = `http://${host}:${boundPort}`;
  const dsn = `http://inbox@${host}:${boundPort}/1`;

  const add = (items: StoredItem[]): void => {
    for (const item of items) {
      store.add(item);
      stream.send('item', item.json);
    }
    if (items.length > 0) file?.append(items);
    for (const listener of listeners) for (const item of items) tell(listener, item);
  };
  const tell = (listener: (item: InboxItem) => void, item: StoredItem): void => {
    try {
      listener(readItem(item));
    } catch (error) {
      onFault(`a listener failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const clear = (): void => {
    store.clear();
    file?.clear();
    stream.send('clear', '{}');
  };
  ready.parts = { store, stream, assets: pageAssets({ dsn, limit }), add, clear };

  return {
    url,
    dsn,
    port: boundPort,
    items: (filter) => store.newest(filter).map(readItem),
    clear,
    onItem(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      stream.close();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
      await file?.settled();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new InboxPortTakenError(port, host) : error);
    });
    server.listen(port, host, resolve);
  });
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`inbox ${name}: given ${String(value)}, expected a whole number from ${min} to ${max}`);
}
