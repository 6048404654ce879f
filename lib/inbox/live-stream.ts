import { type ServerResponse } from 'node:http';

/** Interval of comments that keep proxies and browsers from closing the stream, in milliseconds. */
const HEARTBEAT = 15_000;
/** A reader this many bytes behind is disconnected; its browser reconnects and reloads the list. */
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024;

/** Server-sent events: sends received items to every open page. */
export class LiveStream {
  private readonly readers = new Set<ServerResponse>();
  private readonly heartbeat = setInterval(() => {
    this.write(': heartbeat\n\n');
  }, HEARTBEAT).unref();

  add(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    this.readers.add(response);
    response.on('close', () => this.readers.delete(response));
  }

  /** @param json - on one line, as `JSON.stringify` returns it */
  send(event: 'item' | 'clear', json: string): void {
    if (this.readers.size > 0) this.write(`event: ${event}\ndata: ${json}\n\n`);
  }

  close(): void {
    clearInterval(this.heartbeat);
    for (const reader of this.readers) reader.end();
    this.readers.clear();
  }

  private write(text: string): void {
    for (const reader of this.readers) {
      if (reader.writableLength > MAX_BUFFERED_BYTES) reader.destroy();
      else reader.write(text);
    }
  }
}
