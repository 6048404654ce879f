import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import { httpSender } from '../delivery/http-sender.js';
import { codeOf } from '../delivery/response-outcome.js';
import { keepingAlive } from './keeping-alive.js';

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
 * Sends one envelope, over the same way as events.
 *
 * @param items - the header and the payload of each
 */
export async function postEnvelope(receiver: Receiver, items: readonly [object, object][]): Promise<Answer> {
  const { dsn, tunnel, proxy, caCerts } = receiver;
  const url = endpointOf(receiver);
  const header = { sent_at: new Date().toISOString(), ...(tunnel !== undefined && { dsn: publicDsn(dsn) }) };
  const body = Buffer.from([header, ...items.flat()].map((each) => JSON.stringify(each)).join('\n'));
  let answer: Promise<Answer> | undefined;
  const module = url.protocol === 'https:' ? https : http;
  // The sender discards what the receiver says.
  const request = (options: http.RequestOptions, callback: (response: http.IncomingMessage) => void) =>
    module.request(options, (response) => {
      answer = answerOf(response);
      callback(response);
    });
  const httpModule = { request: request as typeof http.request };
  const send = httpSender({ url: url.href, proxy, caCerts, httpModule }, (run) => run(), process.env, TIMEOUT);
  try {
    return await keepingAlive(async () => {
      await send(body);
      return (await answer) ?? { detail: '' };
    });
  } catch (error) {
    return { reason: codeOf(error), detail: '' };
  } finally {
    send.disconnect?.();
  }
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
  response.on('data', (chunk: Buffer) => {
    if (body.length < MOST_DETAIL) body += chunk.toString('utf8');
  });
  await once(response, 'close').catch(() => undefined); // what has arrived of it is enough
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
