import { processWide } from '../process-state/process-wide.js';
import { read } from './error-shape.js';

/** A call to another service, as its HTTP client made it. */
export interface OutboundCall {
  /** As the application names the service; default: host, with the port unless it is the scheme's default. */
  readonly service: string;
  /** `GET /charges/:id` */
  readonly endpoint: string;
  /** Milliseconds from the start of the call to its response or its failure, or until now. */
  readonly responseTime: number;
  /** As the client keeps them; undefined if it does not. */
  readonly requestHeaders?: unknown;
}

/** By the client's request, and by the error that it failed with. */
const calls = processWide('outbound-calls', () => new WeakMap<object, OutboundCall>());

/** @param key - the request of the client, or the error of the call */
export function noteOutboundCall(key: unknown, call: OutboundCall): void {
  if (typeof key === 'object' && key !== null) calls.set(key, call);
}

/** The call that an error of an HTTP client is about; undefined if nobody has observed it. */
export function outboundCallOf(error: unknown): OutboundCall | undefined {
  const request = read(error, 'request');
  const response = read(error, 'response');
  const candidates = [
    error,
    request,
    read(request, '_currentRequest'), // follow-redirects, which axios uses
    read(response, 'request'),
    read(response, 'req'),
    read(error, 'cause'), // global fetch
  ];
  for (const candidate of candidates) {
    const call = typeof candidate === 'object' && candidate !== null ? calls.get(candidate) : undefined;
    if (call) return call;
  }
  return undefined;
}
