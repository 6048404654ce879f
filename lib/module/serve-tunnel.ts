import type { HttpAdapterHost } from '@nestjs/core';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { leaveAlone } from '../client/request-isolation.js';
import { guarded } from '../stats/stats.js';
import type { AddressOf, Tunnel } from '../tunnel/tunnel.js';

type Adapter = HttpAdapterHost['httpAdapter'];

/** A server whose requests begin with the event `request`. */
interface RequestServer {
  emit(event: string, ...args: unknown[]): boolean;
}

/** The members of Express that tell the address of a client. */
interface TrustingExpress {
  get(name: 'trust proxy fn'): unknown;
}

type Trust = (address: string, index: number) => boolean;

/**
 * Answers the requests for the tunnel at the server, before the platform logs them, and before the SDK gives them a scope
 * and a span. Requests that reach the platform without a server are answered where it begins.
 */
export function serveTunnelAt(server: object | undefined, tunnel: Tunnel): void {
  guarded('tunnel', () => {
    if (!isServer(server)) return;
    leaveAlone(server, (request) => tunnel.takes(request));
    const emit = server.emit.bind(server);
    server.emit = (event, ...args) => {
      if (event !== 'request' || !tunnel.takes(args[0] as IncomingMessage)) return emit(event, ...args);
      void tunnel.handle(args[0] as IncomingMessage, args[1] as ServerResponse);
      return true;
    };
  });
}

function isServer(server: object | undefined): server is RequestServer {
  return server !== undefined && 'emit' in server && typeof server.emit === 'function';
}

/** The address of the client, behind the proxies that the application trusts. */
export function addressThrough(adapter: Adapter): AddressOf {
  const type = adapter.getType();
  return (request) => {
    const direct = (request.socket as IncomingMessage['socket'] | undefined)?.remoteAddress ?? '';
    const found = guarded('tunnel', () => {
      if (type === 'express') return expressAddress(adapter.getInstance<TrustingExpress>(), request, direct);
      return type === 'fastify' ? fastifyAddress(adapter.getInstance<object>(), request) : undefined;
    });
    return found ?? direct;
  };
}

/** As `request.ip` of Express, which exists only once Express has the request. */
function expressAddress(express: TrustingExpress, request: IncomingMessage, direct: string): string {
  const trust = express.get('trust proxy fn');
  const forwarded = request.headers['x-forwarded-for'];
  if (typeof trust !== 'function' || typeof forwarded !== 'string') return direct;
  const chain = [
    direct,
    ...forwarded
      .split(',')
      .reverse()
      .slice(0, MAX_PROXIES)
      .map((each) => each.trim()),
  ];
  const client = chain.findIndex((address, index) => !(trust as Trust)(address, index));
  return chain[client < 0 ? chain.length - 1 : client] || direct;
}

/** More are not looked at: the header comes from a client. */
const MAX_PROXIES = 50;

/** As `request.ip` of Fastify: its class of requests knows which proxies are trusted, and reads Node's request. */
function fastifyAddress(fastify: object, request: IncomingMessage): string | undefined {
  const key = Object.getOwnPropertySymbols(fastify).find(({ description }) => description === 'fastify.Request');
  const FastifyRequest = key && (fastify as Record<symbol, { prototype: object } | undefined>)[key];
  if (!FastifyRequest) return undefined;
  const { ip } = Object.assign(Object.create(FastifyRequest.prototype) as { ip?: unknown }, { raw: request });
  return typeof ip === 'string' ? ip : undefined;
}
