import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type BodyLimits } from '../envelopes/collected-body.js';
import { BodyReader } from '../envelopes/request-body.js';
import { InboxPortTakenError } from './inbox-port-taken-error.js';
import { readItem, type InboxItem, type StoredItem } from './inbox-item.js';
import { ItemFile } from './item-file.js';
import { ItemStore } from './item-store.js';
import { LiveStream } from './live-stream.js';
import { pageAssets } from './page/page.js';
import { route, type InboxParts } from './router.js';
import { EventSources } from './sources/event-sources.js';

const MEGABYTE = 1024 * 1024;
/** Sentry accepts 20 MB compressed. */
const BODY_LIMITS: BodyLimits = { received: 20 * MEGABYTE, decompressed: 20 * MEGABYTE, duration: 30_000 };
/** Bytes of all bodies that are held at the same time: three of the largest. */
const MAX_HELD_BYTES = 64 * MEGABYTE;

/** Options of {@link startInbox}. */
interface InboxStartOptions {
  /** Port to listen on; 0 selects a free one. Default: 8970. */
  port?: number;
  /** Only the loopback address: the inbox is for one machine. */
  host?: '127.0.0.1';
  /** Maximum number of items; the oldest are dropped first. Default: 500. Their JSON is limited to 64 million characters. */
  limit?: number;
  /** A JSON lines file that stores the items and is loaded at start. Default: none, items are kept in memory. */
  file?: string;
  /** The folder below which the sources of stack frames may be read. Default: none, no source is read. */
  project?: string;
  /** Called with errors while the inbox runs, for example when the file cannot be written. Default: none. */
  onFault?: (message: string) => void;
}

/** A running inbox. */
export interface Inbox {
  /** URL of the page, without a trailing slash: `http://127.0.0.1:8970`. */
  readonly url: string;
  /** The value for SENTRY_DSN; any other key and project work too. */
  readonly dsn: string;
  readonly port: number;
  /** The items, newest first. */
  items(filter?: { type?: string; limit?: number }): InboxItem[];
  clear(): void;
  /** Calls the listener with every received item. Returns a function that unsubscribes it. */
  onItem(listener: (item: InboxItem) => void): () => void;
  /** Closes all connections; resolves when the port is free and the file is written. */
  close(): Promise<void>;
}

export const DEFAULT_PORT = 8970;
export const DEFAULT_LIMIT = 500;
const MAX_CHARACTERS = 64_000_000;

/**
 * Starts a local server that receives what Sentry clients send and shows it on a page.
 *
 * @throws {InboxPortTakenError} if the port is already in use
 * @throws {RangeError} if port or limit is out of range
 * @throws {Error} if the file cannot be used, or the folder of the project does not exist
 */
export async function startInbox(options: InboxStartOptions = {}): Promise<Inbox> {
  const { port = DEFAULT_PORT, host = '127.0.0.1', limit = DEFAULT_LIMIT, onFault = () => undefined } = options;
  requireInteger('port', port, 0, 65_535);
  requireInteger('limit', limit, 1, 1_000_000);

  const store = new ItemStore(limit, MAX_CHARACTERS);
  const sources = new EventSources(options.project);
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
    // After listening: if two inboxes share a file, the one that cannot start must not touch it.
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
    sources.arrived(items);
    for (const listener of listeners) for (const item of items) notify(listener, item);
  };
  const notify = (listener: (item: InboxItem) => void, item: StoredItem): void => {
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
  ready.parts = {
    store,
    stream,
    sources,
    bodies: new BodyReader(BODY_LIMITS, MAX_HELD_BYTES),
    assets: pageAssets({ dsn, limit }),
    add,
    clear,
  };

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
  throw new RangeError(`inbox ${name}: received ${String(value)}; expected a whole number from ${min} to ${max}`);
}
