import { type ServerResponse } from 'node:http';

/** Comments that keep proxies and sleeping browsers from taking the stream for dead, in milliseconds. */
const HEARTBEAT = 15_000;
/** A reader that is this many bytes behind is let go; its browser connects anew and reads the list. */
const MAX_BEHIND_BYTES = 8 * 1024 * 1024;

/** Server-sent events: tells every open page what arrives. */
export class LiveStream {
  private readonly readers = new Set<ServerResponse>();
  private readonly heartbeat = setInterval(() => {
    this.write(': still here\n\n');
  }, HEARTBEAT).unref();

  add(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    this.readers.add(response);
    response.on('close', () => this.readers.delete(response));
  }

  /** `json` must be on one line, as `JSON.stringify` makes it. */
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
      if (reader.writableLength > MAX_BEHIND_BYTES) reader.destroy();
      else reader.write(text);
    }
  }
}
