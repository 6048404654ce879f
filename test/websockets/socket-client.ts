import { createRequire } from 'node:module';
import { join } from 'node:path';
import { laneFolder } from '../harness/app-process';
import { poll } from '../harness/poll';

export type Sockets = 'socket.io' | 'ws';

/** Clients are installed in the lanes. */
const fromLane = createRequire(join(laneFolder('11'), 'package.json'));

/** A client of either socket server, with the messages it has received in order. */
export class SocketClient {
  readonly received: unknown[] = [];
  private constructor(
    private readonly emit: (event: string, data: unknown) => void,
    readonly close: () => void,
  ) {}

  static async open(
    sockets: Sockets,
    url: string,
    headers: Record<string, string> = {},
    transport = 'websocket',
  ): Promise<SocketClient> {
    return sockets === 'ws' ? SocketClient.openWs(url, headers) : SocketClient.openSocketIo(url, headers, transport);
  }

  send(event: string, data: unknown): void {
    this.emit(event, data);
  }

  /** Sends an event and returns all messages up to the response to `drain`. */
  async ask(event: string, data: unknown = {}): Promise<unknown[]> {
    this.received.length = 0;
    this.send(event, data);
    await this.drain();
    return this.received.filter((message) => !isDrained(message));
  }

  async drain(): Promise<void> {
    this.send('drain', {});
    await poll(() => {
      if (!this.received.some(isDrained)) throw new Error('not drained yet');
    });
  }

  private static async openWs(url: string, headers: Record<string, string>): Promise<SocketClient> {
    const { WebSocket } = fromLane('ws') as { WebSocket: any };
    const socket = new WebSocket(url.replace('http', 'ws'), { headers });
    const client = new SocketClient(
      (event, data) => socket.send(JSON.stringify({ event, data })),
      () => socket.close(),
    );
    socket.on('message', (message: Buffer) => client.received.push(JSON.parse(message.toString())));
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('open', resolve));
    return client;
  }

  private static async openSocketIo(
    url: string,
    extraHeaders: Record<string, string>,
    transport: string,
  ): Promise<SocketClient> {
    const { io } = fromLane('socket.io-client') as { io: any };
    const socket = io(url, { transports: [transport], forceNew: true, reconnection: false, extraHeaders });
    const client = new SocketClient(
      (event, data) => socket.emit(event, data, (ack: unknown) => client.received.push({ ack })),
      () => socket.disconnect(),
    );
    socket.onAny((event: string, data: unknown) => client.received.push({ event, data }));
    await new Promise((resolve) => socket.once('connect', resolve));
    return client;
  }
}

const isDrained = (message: unknown) => (message as { event?: string }).event === 'drained';
