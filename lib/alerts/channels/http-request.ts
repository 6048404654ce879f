import * as http from 'node:http';
import * as https from 'node:https';
import { ProxyAgent } from '../../delivery/proxy-agent.js';
import { proxyUrlFor } from '../../delivery/proxy-url.js';
import { retryAfterDelay } from '../../delivery/rate-limits.js';
import { unrefSocket } from '../../delivery/unref-socket.js';
import { isLocal } from './channel-url.js';
import { DeliveryError } from './delivery-error.js';

export interface HttpRequest {
  readonly url: URL;
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

/** What is read of a response. */
const MAX_BODY = 1_048_576;
const MAX_RETRY_AFTER = 60_000;
const CONNECT_TIMEOUT = 5_000;

/**
 * Sends one request, through the proxy that the environment names, and reads the response. Redirects are not followed.
 *
 * @returns the body of the response
 * @throws DeliveryError - unless the response has a status from 200 to 299
 */
export async function sendRequest({ url, method = 'POST', headers, body, signal }: HttpRequest): Promise<string> {
  const content = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const response = await respond(
    url,
    {
      method,
      signal,
      agent: agentFor(url),
      headers: {
        'user-agent': 'nestjs-error-tracker',
        accept: 'application/json',
        ...(content !== undefined && {
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(content)),
        }),
        ...headers,
      },
    },
    content,
  );
  const { statusCode: status = 0 } = response;
  const text = await readText(response);
  if (status >= 200 && status < 300) return text;
  const isTemporary = status === 408 || status === 429 || status >= 500;
  throw new DeliveryError(`${url.host} responded with ${status}`, !isTemporary, retryAfter(response));
}

function respond(url: URL, options: https.RequestOptions, content: string | undefined): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, options, resolve);
    request.on('socket', unrefSocket);
    request.on('error', reject);
    request.end(content);
  });
}

function agentFor(url: URL): http.Agent {
  const proxy = isLocal(url) ? undefined : proxyUrlFor(url, undefined, process.env);
  if (proxy) return new ProxyAgent(proxy, url, CONNECT_TIMEOUT, { keepAlive: false });
  return new (url.protocol === 'https:' ? https : http).Agent({ keepAlive: false });
}

async function readText(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function retryAfter({ headers }: http.IncomingMessage): number | undefined {
  const header = headers['retry-after'];
  return header === undefined ? undefined : Math.min(retryAfterDelay(header, Date.now()), MAX_RETRY_AFTER);
}
