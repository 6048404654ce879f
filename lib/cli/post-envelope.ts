import * as http from 'node:http';
import * as https from 'node:https';
import { ProxyAgent } from '../delivery/proxy-agent.js';
import { proxyUrlFor } from '../delivery/proxy-url.js';
import { codeOf } from '../delivery/response-outcome.js';

/** Where envelopes go. */
export interface Receiver {
  dsn: string;
  /** Takes the envelopes in place of the receiver of the DSN. */
  tunnel?: string;
  proxy?: string;
  caCerts?: string | string[];
}

/** What a receiver has answered, or why it has not. */
export interface Answer {
  /** As in `status().delivery.lastFailure`: `http_403`, `ECONNREFUSED`; undefined if the envelope was accepted. */
  reason?: string;
  status?: number;
  /** What the receiver says about it. */
  detail: string;
  /** The clock of the receiver minus ours, in milliseconds; undefined without a `Date`. */
  skew?: number;
}

/** Milliseconds. */
const TIMEOUT = 10_000;
const MOST_DETAIL = 2_000;

/** The host to which envelopes go, for messages. */
export function hostOf({ dsn, tunnel }: Receiver): string {
  return new URL(tunnel ?? dsn).host;
}

/** The endpoint of a DSN. The secret part of the key, which is deprecated, is not sent. */
export function endpointOf({ dsn, tunnel }: Receiver): URL {
  if (tunnel !== undefined) return new URL(tunnel);
  const { protocol, host, pathname, username } = new URL(dsn);
  const parts = pathname.split('/').filter(Boolean);
  const project = parts.pop() ?? '';
  const path = [...parts, 'api', project, 'envelope', ''].join('/');
  return new URL(`${protocol}//${host}/${path}?sentry_version=7&sentry_key=${username}`);
}

/**
 * Sends one envelope as the SDK does. Does not follow redirects.
 *
 * @param items - the header and the payload of each
 */
export async function postEnvelope(receiver: Receiver, items: readonly [object, object][]): Promise<Answer> {
  const url = endpointOf(receiver);
  const header = {
    sent_at: new Date().toISOString(),
    ...(receiver.tunnel !== undefined && { dsn: publicDsn(receiver.dsn) }),
  };
  const body = Buffer.from([header, ...items.flat()].map((each) => JSON.stringify(each)).join('\n'));
  const isSecure = url.protocol === 'https:';
  const proxy = proxyUrlFor(url, receiver.proxy, process.env);
  const agent = proxy ? new ProxyAgent(proxy, url, TIMEOUT, {}) : undefined;
  const headers = { 'content-type': 'application/x-sentry-envelope', 'content-length': body.length };
  const timeout = AbortSignal.timeout(TIMEOUT);
  return new Promise((resolve) => {
    const options = { method: 'POST', headers, agent, signal: timeout, ca: receiver.caCerts };
    const request = (isSecure ? https : http).request(url, options, (response) => {
      resolve(answerOf(response));
    });
    request.on('error', (error) => {
      resolve({ reason: timeout.aborted ? 'ETIMEDOUT' : codeOf(error), detail: '' });
    });
    request.end(body);
  });
}

function publicDsn(dsn: string): string {
  const url = new URL(dsn);
  url.password = '';
  return url.href;
}

async function answerOf(response: http.IncomingMessage): Promise<Answer> {
  const { statusCode: status = 0, headers } = response;
  const skew = headers.date === undefined ? NaN : Date.parse(headers.date) - Date.now();
  let body = '';
  try {
    for await (const chunk of response) {
      body += (chunk as Buffer).toString('utf8');
      if (body.length > MOST_DETAIL) break;
    }
  } catch {
    // what has arrived of it is enough
  }
  return {
    status,
    ...((status < 200 || status >= 300) && { reason: `http_${status}` }),
    detail: String(headers['x-sentry-error'] ?? '') || detailOf(body),
    ...(Number.isFinite(skew) && { skew }),
  };
}

function detailOf(body: string): string {
  try {
    const { detail } = JSON.parse(body) as { detail?: unknown };
    return typeof detail === 'string' ? detail : '';
  } catch {
    return ''; // not what Sentry answers
  }
}
