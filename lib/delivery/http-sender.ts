import * as http from 'node:http';
import * as https from 'node:https';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { clearTimeout, setTimeout } from 'node:timers';
import { RESPONSE_TIMEOUT, timeoutError } from './response-timeout.js';
import { ProxyAgent } from './proxy-agent.js';
import { proxyUrlFor } from './proxy-url.js';
import { unrefSocket } from './unref-socket.js';
import type { ReceiverResponse, Sender } from './response-outcome.js';

/** The transport options of the SDK that concern requests. */
export interface HttpOptions {
  url: string;
  headers?: Record<string, string>;
  proxy?: string;
  caCerts?: string | Buffer | (string | Buffer)[];
  httpModule?: Pick<typeof http, 'request'>;
}

/** Larger requests are compressed, as by the SDK. Bytes. */
const COMPRESSION_THRESHOLD = 32_768;
/** Response bodies are discarded up to this size, so that the connection can be reused. */
const MAX_BODY_BYTES = 65_536;
const BODY_TIMEOUT = 2_000;
const MAX_SOCKETS = 30;
/** Shorter than the keep-alive timeout of servers. */
const IDLE_TIMEOUT = 4_000;

const compress = promisify(gzip);

/** Runs a function without creating spans and breadcrumbs of the SDK. */
export type WithoutTracing = <T>(run: () => T) => T;

/**
 * Sends envelopes by POST over a pool of keep-alive connections. Does not follow redirects.
 *
 * @param timeout - until a response begins, in milliseconds
 */
export function httpSender(
  options: HttpOptions,
  withoutTracing: WithoutTracing,
  environment = process.env,
  timeout = RESPONSE_TIMEOUT,
): Sender {
  const url = new URL(options.url);
  const isSecure = url.protocol === 'https:';
  const module = options.httpModule ?? (isSecure ? https : http);
  const pool = { keepAlive: true, maxSockets: MAX_SOCKETS, scheduling: 'lifo' as const, timeout: IDLE_TIMEOUT };
  const proxy = proxyUrlFor(url, options.proxy, environment);
  const agent = proxy ? new ProxyAgent(proxy, url, timeout, pool) : new (isSecure ? https : http).Agent(pool);
  const target = {
    method: 'POST',
    agent,
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    path: url.pathname + url.search,
    ca: options.caCerts,
  };
  let disconnections = 0;
  const post = (body: Buffer, headers: http.OutgoingHttpHeaders) =>
    withoutTracing(
      () =>
        new Promise<ReceiverResponse>((resolve, reject) => {
          const request = module.request({ ...target, headers }, (response) => {
            clearTimeout(timer);
            resolve(responseOf(response));
            drain(response);
          });
          const before = disconnections;
          const timer = setTimeout(() => {
            request.destroy(timeoutError());
          }, timeout).unref();
          request.on('socket', unrefSocket);
          request.on('error', (error: NodeJS.ErrnoException) => {
            clearTimeout(timer);
            // The server has just closed an idle connection; a new one may succeed.
            const isStale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
            if (isStale && disconnections === before) resolve(post(body, headers));
            else reject(error);
          });
          request.end(body);
        }),
    );
  const send: Sender = async (bytes) => {
    const headers: http.OutgoingHttpHeaders = { 'content-type': 'application/x-sentry-envelope', ...options.headers };
    if (bytes.length <= COMPRESSION_THRESHOLD) return post(bytes, { ...headers, 'content-length': bytes.length });
    const body = await compress(bytes);
    return post(body, { ...headers, 'content-encoding': 'gzip', 'content-length': body.length });
  };
  send.disconnect = () => {
    disconnections++;
    agent.destroy();
  };
  return send;
}

function responseOf({ statusCode = 0, headers }: http.IncomingMessage): ReceiverResponse {
  const limits = headers['x-sentry-rate-limits'];
  return {
    status: statusCode,
    headers: {
      'retry-after': headers['retry-after'],
      'x-sentry-rate-limits': Array.isArray(limits) ? limits.join(',') : limits,
    },
  };
}

function drain(response: http.IncomingMessage): void {
  let length = 0;
  const timer = setTimeout(() => response.destroy(), BODY_TIMEOUT).unref();
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) response.destroy();
  });
  response.on('close', () => {
    clearTimeout(timer);
  });
  response.on('error', () => undefined); // the response has been handled
}
