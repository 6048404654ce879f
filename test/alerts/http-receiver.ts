import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: any;
  text: string;
  at: number;
}

type Answer = (request: ReceivedRequest, response: ServerResponse) => void;

/** A receiver of alerts that keeps what it gets, and answers as a test says. */
export class HttpReceiver {
  readonly requests: ReceivedRequest[] = [];
  answer: Answer = (_request, response) => response.end('{}');
  private constructor(private readonly server: Server) {}

  static async start(): Promise<HttpReceiver> {
    const server = createServer((request, response) => {
      void receiver.accept(request, response);
    });
    const receiver = new HttpReceiver(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get bodies(): any[] {
    return this.requests.map(({ body }) => body);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async accept(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { method = '', url: path = '', headers } = request;
    const received = {
      method,
      path,
      headers,
      text,
      body: text === '' ? undefined : JSON.parse(text),
      at: performance.now(),
    };
    this.requests.push(received);
    this.answer(received, response);
  }
}
