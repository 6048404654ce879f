import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** One item of an envelope. */
export interface ReceivedItem {
  type: string;
  // Tests assert on the fields they expect.
  payload: any;
  /** The header of the item, then that of its envelope. */
  header: any;
  envelope: any;
}

/** A span of either kind, by itself or of a transaction. */
export interface ReceivedSpan {
  name: string;
  op: string;
  status?: string;
  data: any;
  start: number;
  end: number;
  trace: string;
  parent?: string;
}

/** A Sentry-compatible receiver that keeps the items of all envelopes, parsed and as bytes. */
export class Receiver {
  readonly items: ReceivedItem[] = [];
  /** Request line, headers and decompressed body of every request. */
  bytes = '';
  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => {
      void readBody(request).then((body) => {
        receiver.bytes += [request.method, request.url, ...request.rawHeaders, ''].join('\n');
        receiver.accept(body);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    const receiver = new Receiver(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get dsn(): string {
    return `http://key@127.0.0.1:${(this.server.address() as AddressInfo).port}/1`;
  }

  /** Errors and messages by timestamp, since several envelopes are sent at once. */
  get events(): any[] {
    return this.items
      .filter(({ type }) => type === 'event')
      .map(({ payload }) => payload)
      .sort((one, other) => one.timestamp - other.timestamp);
  }

  /** Names of Sentry 10 transactions and Sentry 11 segment spans, by start time. */
  get transactions(): string[] {
    return this.items
      .flatMap(({ type, payload }): any[] => {
        if (type === 'transaction') return [{ name: payload.transaction, start: payload.start_timestamp }];
        if (type !== 'span') return [];
        return payload.items
          .filter((span: any) => span.is_segment)
          .map((span: any) => ({ name: span.name, start: span.start_timestamp }));
      })
      .sort((one, other) => one.start - other.start)
      .map(({ name }) => name);
  }

  /** All spans, of either kind, as name, op and attributes. */
  get spans(): ReceivedSpan[] {
    return this.items.flatMap(({ type, payload }) => {
      if (type === 'transaction') {
        const root = payload.contexts.trace;
        const spans: ReceivedSpan[] = payload.spans.map((span: any) => ({
          name: span.description,
          op: span.op,
          status: span.status,
          data: span.data,
          start: span.start_timestamp,
          end: span.timestamp,
          trace: span.trace_id,
          parent: span.parent_span_id,
        }));
        const { start_timestamp: start, timestamp: end, transaction: name } = payload;
        return [
          {
            name,
            op: root.op,
            status: root.status,
            data: root.data,
            start,
            end,
            trace: root.trace_id,
            parent: root.parent_span_id,
          },
          ...spans,
        ];
      }
      if (type !== 'span') return [];
      return payload.items.map((span: any) => ({
        name: span.name,
        op: span.attributes['sentry.op']?.value,
        status: span.status,
        data: Object.fromEntries(
          Object.entries(span.attributes).map(([key, entry]: [string, any]) => [key, entry.value]),
        ),
        start: span.start_timestamp,
        end: span.end_timestamp,
        trace: span.trace_id,
        parent: span.parent_span_id,
      }));
    });
  }

  clear(): void {
    this.items.length = 0;
    this.bytes = '';
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(body: Buffer): void {
    this.bytes += body.toString('utf8');
    let at = body.indexOf(10) + 1;
    const envelope: unknown = JSON.parse(body.toString('utf8', 0, at > 0 ? at : body.length));
    while (at > 0 && at < body.length) {
      const end = body.indexOf(10, at);
      const header = JSON.parse(body.toString('utf8', at, end)) as { type: string; length?: number };
      const start = end + 1;
      const next = body.indexOf(10, start);
      const stop = header.length === undefined ? (next < 0 ? body.length : next) : start + header.length;
      const text = body.toString('utf8', start, stop);
      const payload: unknown = header.type === 'attachment' ? text : JSON.parse(text);
      this.items.push({ type: header.type, payload, header, envelope });
      at = stop + 1;
    }
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}
