import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';

type Handler = (response: ServerResponse, socket: Socket, attempt: number) => void;

/** How a receiver can respond. Only faults with status 200 accept the envelope. */
export const faults = {
  works: (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
  hangs: () => undefined,
  resets: (_response, socket) => socket.resetAndDestroy(),
  'answers 500': (response) => response.writeHead(500).end('oops'),
  'answers 503': (response) => response.writeHead(503).end(),
  'answers 429': (response) => response.writeHead(429, { 'retry-after': '1' }).end(),
  redirects: (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
  'answers garbage': (_response, socket) => socket.end('\u0000\u0001 this is no HTTP\r\n\r\n'),
  'sends 10 MB': (response) => response.writeHead(200).end(Buffer.alloc(10_485_760)),
  'closes mid-body': (response, socket) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('half');
    setTimeout(() => socket.destroy(), 5);
  },
  'closes mid-head': (_response, socket) => socket.end('HTTP/1.1 200 O'),
} satisfies Record<string, Handler>;

export type Fault = keyof typeof faults;

export interface Envelope {
  header: any;
  items: { type: string; payload: any }[];
  path: string;
  headers: IncomingHttpHeaders;
  at: number;
}

/** Below the ephemeral ports, so that no other process gets the port while the receiver is down. */
const [firstPort, ports] = [12_000, 20_000];

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening'); // rejects if the port is in use
}

/** A Sentry-compatible receiver with configurable faults, which can change from one request to the next. */
export class FaultyReceiver {
  /** Accepted envelopes: those with a 2xx response. */
  readonly taken: Envelope[] = [];
  /** All requests received, including failed ones. */
  requests = 0;
  connections = 0;
  /** Chooses the handler of a request; `fault` applies if it returns undefined. */
  decide: ((envelope: Envelope) => Handler | undefined) | undefined;
  fault: Fault = 'works';
  /** Milliseconds before the response. */
  delay = 0;

  private constructor(
    private server: Server,
    readonly port: number,
  ) {}

  static async start(): Promise<FaultyReceiver> {
    for (;;) {
      const server = createServer();
      const port = firstPort + Math.floor(Math.random() * ports);
      try {
        await listen(server, port);
      } catch {
        continue; // in use by another process
      }
      const receiver = new FaultyReceiver(server, port);
      receiver.listenTo(server);
      return receiver;
    }
  }

  get dsn(): string {
    return `http://key@127.0.0.1:${this.port}/1`;
  }

  /** Ids of the accepted errors and messages, duplicates included. */
  get eventIds(): string[] {
    return this.events.map((event) => event.event_id);
  }

  get events(): any[] {
    return this.taken.flatMap(({ items }) =>
      items.filter(({ type }) => type === 'event').map(({ payload }) => payload),
    );
  }

  /** The distinct messages of the events. */
  get values(): string[] {
    return [...new Set(this.events.map((event) => event.message ?? event.exception.values.at(-1).value))];
  }

  /** Stops listening: connections are refused. */
  async down(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async up(): Promise<void> {
    this.server = createServer();
    this.listenTo(this.server);
    await listen(this.server, this.port);
  }

  close(): Promise<void> {
    return this.down();
  }

  private listenTo(server: Server): void {
    server.on('connection', () => this.connections++);
    server.on('request', (request, response) => {
      this.requests++;
      const chunks: Buffer[] = [];
      request.on('error', () => undefined);
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        setTimeout(() => {
          this.answer(request, response, Buffer.concat(chunks));
        }, this.delay);
      });
    });
  }

  private answer(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const envelope = parse(request, body);
    const act: Handler = this.decide?.(envelope) ?? faults[this.fault];
    act(response, request.socket, this.requests);
    if (response.headersSent && response.statusCode < 300) this.taken.push(envelope);
  }
}

function parse(request: IncomingMessage, body: Buffer): Envelope {
  const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  let at = bytes.indexOf(10) + 1;
  const header = JSON.parse(bytes.toString('utf8', 0, at - 1));
  const items: Envelope['items'] = [];
  while (at > 0 && at < bytes.length) {
    const end = bytes.indexOf(10, at);
    const { type, length } = JSON.parse(bytes.toString('utf8', at, end)) as { type: string; length?: number };
    const next = bytes.indexOf(10, end + 1);
    const stop = length === undefined ? (next < 0 ? bytes.length : next) : end + 1 + length;
    items.push({ type, payload: payloadOf(type, bytes.subarray(end + 1, stop)) });
    at = stop + 1;
  }
  return { header, items, path: request.url ?? '', headers: request.headers, at: Date.now() };
}

/** Recordings are bytes; attachments of the tests are text. */
function payloadOf(type: string, bytes: Buffer): unknown {
  if (type === 'replay_recording') return bytes;
  return type === 'attachment' ? bytes.toString() : JSON.parse(bytes.toString());
}
