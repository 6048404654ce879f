import * as http from 'node:http';
import * as https from 'node:https';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { RESPONSE_TIMEOUT, timeoutError } from './response-timeout.js';
import { ProxyAgent } from './proxy-agent.js';
import { proxyUrlFor } from './proxy-url.js';
import type { ReceiverResponse, Sender } from './response-outcome.js';

/** The part of the SDK's transport options that concerns requests. */
export interface HttpOptions {
  url: string;
  headers?: Record<string, string>;
  proxy?: string;
  caCerts?: string | Buffer | (string | Buffer)[];
  httpModule?: Pick<typeof http, 'request'>;
}

/** From this size on a request is compressed, as by the SDK. */
const COMPRESS_FROM = 32_768;
/** Of an answer nothing is read but its headers; this much is let through so that the connection can be used again. */
const MOST_OF_BODY = 65_536;
const BODY_TIMEOUT = 2_000;
const CONNECTIONS = 30;
/** Shorter than servers keep an idle connection open. */
const IDLE_TIMEOUT = 4_000;

const compress = promisify(gzip);

/** Runs something so that the SDK makes neither spans nor breadcrumbs of it. */
export type WithoutTracing = <T>(run: () => T) => T;

/**
 * Sends envelopes by POST over one pool of kept connections. Redirects are not followed.
 *
 * @param timeout - for an answer to begin, in milliseconds
 */
export function httpSender(
  options: HttpOptions,
  quietly: WithoutTracing,
  environment = process.env,
  timeout = RESPONSE_TIMEOUT,
): Sender {
  const url = new URL(options.url);
  const isSecure = url.protocol === 'https:';
  const module = options.httpModule ?? (isSecure ? https : http);
  const pool = { keepAlive: true, maxSockets: CONNECTIONS, scheduling: 'lifo' as const, timeout: IDLE_TIMEOUT };
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
  const post = (body: Buffer, headers: http.OutgoingHttpHeaders) =>
    quietly(
      () =>
        new Promise<ReceiverResponse>((resolve, reject) => {
          const request = module.request({ ...target, headers }, (response) => {
            clearTimeout(timer);
            resolve(answerOf(response));
            discard(response);
          });
          const timer = setTimeout(() => {
            request.destroy(timeoutError());
          }, timeout).unref();
          request.on('error', (error: NodeJS.ErrnoException) => {
            clearTimeout(timer);
            // The other side closed a kept connection just then; that says nothing about whether it can be reached.
            const isStale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
            if (isStale) resolve(post(body, headers));
            else reject(error);
          });
          request.end(body);
        }),
    );
  return async (bytes) => {
    const headers: http.OutgoingHttpHeaders = { 'content-type': 'application/x-sentry-envelope', ...options.headers };
    if (bytes.length <= COMPRESS_FROM) return post(bytes, { ...headers, 'content-length': bytes.length });
    const body = await compress(bytes);
    return post(body, { ...headers, 'content-encoding': 'gzip', 'content-length': body.length });
  };
}

function answerOf({ statusCode = 0, headers }: http.IncomingMessage): ReceiverResponse {
  const limits = headers['x-sentry-rate-limits'];
  return {
    status: statusCode,
    headers: {
      'retry-after': headers['retry-after'],
      'x-sentry-rate-limits': Array.isArray(limits) ? limits.join(',') : limits,
    },
  };
}

function discard(response: http.IncomingMessage): void {
  let length = 0;
  const timer = setTimeout(() => response.destroy(), BODY_TIMEOUT).unref();
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > MOST_OF_BODY) response.destroy();
  });
  response.on('close', () => {
    clearTimeout(timer);
  });
  response.on('error', () => undefined); // the answer has been noted
}
