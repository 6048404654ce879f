import { createServer, type Server } from 'node:http';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { AppProcess, type Lane, type Platform } from '../harness/app-process';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';

export type Step = [kind: string, ...args: unknown[]];

/** The service that the application calls. */
export class Upstream {
  /** Headers of the requests, by path. */
  readonly received = new Map<string, Record<string, unknown>>();
  private constructor(private readonly server: Server) {}

  static async start(): Promise<Upstream> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url!, 'http://service');
      upstream.received.set(pathname, request.headers);
      const [, kind, value = ''] = pathname.split('/');
      const body = JSON.stringify({ message: 'declined', password: 'hunter2-response' });
      const headers = {
        'content-type': 'application/json',
        'retry-after': '7',
        'x-request-id': pathname,
        'set-cookie': 'session=hunter2-cookie',
      };
      if (kind === 'hang') return;
      if (kind === 'cut') return void request.socket.destroy();
      if (kind === 'redirect') return void response.writeHead(302, { location: '/charges/9' }).end();
      if (kind === 'status') return void response.writeHead(Number(value), headers).end(body);
      if (kind === 'large')
        return void response.writeHead(500, headers).end(JSON.stringify({ text: 'x'.repeat(1_000_000) }));
      setTimeout(() => response.end('{}'), kind === 'slow' ? Number(value) : 0);
    });
    const upstream = new Upstream(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return upstream;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** A way to Redis that can be cut. */
export class RedisGate {
  port = 0;
  private server?: TcpServer;
  private readonly sockets = new Set<Socket>();

  async open(): Promise<this> {
    this.server = createTcpServer((socket) => {
      const redis = connect(6379, '127.0.0.1');
      for (const end of [socket, redis]) {
        this.sockets.add(end);
        end.on('error', () => undefined).on('close', () => this.sockets.delete(end));
      }
      socket.pipe(redis).pipe(socket);
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  async cut(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server?.close(resolve));
  }
}

export class ClientsApp {
  private constructor(
    readonly app: AppProcess,
    readonly receiver: Receiver,
    readonly upstream: Upstream,
  ) {}

  static async start(
    lane: Lane,
    env: Record<string, string> = {},
    PLATFORM: Platform = 'express',
  ): Promise<ClientsApp> {
    const [receiver, upstream] = await Promise.all([Receiver.start(), Upstream.start()]);
    const app = await AppProcess.start({
      lane,
      app: 'clients',
      env: {
        PLATFORM,
        SENTRY_DSN: receiver.dsn,
        SENTRY_TRACES_SAMPLE_RATE: '1',
        SENTRY_ENVIRONMENT: 'test',
        UPSTREAM: `http://${upstream.host}`,
        ...env,
      },
    });
    return new ClientsApp(app, receiver, upstream);
  }

  async stop(): Promise<void> {
    this.upstream.close();
    await Promise.all([this.app.stop('SIGKILL'), this.receiver.close()]);
  }

  async run(...steps: Step[]): Promise<any> {
    const response = await fetch(`${this.app.url}/run?steps=${encodeURIComponent(JSON.stringify(steps))}`);
    return response.json();
  }

  /** Runs the steps in a request of its own, and returns the events that have arrived since. */
  async events(count: number, ...steps: Step[]): Promise<any[]> {
    this.receiver.clear();
    await this.run(...steps);
    await poll(async () => {
      await this.app.status();
      expect(this.receiver.events.map(valueOf)).toHaveLength(count);
    });
    return this.receiver.events;
  }

  /** The breadcrumbs of a failing request that runs the steps. */
  async crumbs(...steps: Step[]): Promise<any[]> {
    const [event] = await this.events(1, ...steps, ['fail', 'the end']);
    return (event.breadcrumbs ?? []).map(({ timestamp: _timestamp, ...crumb }: any) => crumb);
  }
}

export const valueOf = (event: any): string => event.message ?? event.exception?.values.at(-1)?.value ?? '';
export const messages = (crumbs: any[]): string[] =>
  crumbs.map(({ category, message, data }: any) =>
    category === 'http' ? `http ${data.method} ${data.path}` : `${category} ${message}`,
  );
