import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import { suppressTracing } from '@sentry/nestjs';
import { httpSender, type HttpOptions } from '../delivery/http-sender.js';
import { codeOf, outcomeOf } from '../delivery/response-outcome.js';
import { envelopeEndpoint } from '../options/dsn.js';
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
  /** The id of the event in the answer; Sentry has one in each answer to an event. */
  id?: string;
  /** The clock of the receiver minus ours, in milliseconds; undefined without a `Date`. */
  skew?: number;
}

/** Milliseconds. */
export const ANSWER_TIMEOUT = 10_000;
const MOST_BODY = 2_000;

/** The host to which envelopes go, for messages. */
export function hostOf({ dsn, tunnel }: Receiver): string {
  return new URL(tunnel ?? dsn).host;
}

export function endpointOf({ dsn, tunnel }: Receiver): URL {
  return tunnel === undefined ? envelopeEndpoint(dsn) : new URL(tunnel);
}

/**
 * Sends one envelope, over the same way as events.
 *
 * @param items - the header and the payload of each
 */
export async function postEnvelope(receiver: Receiver, items: readonly [object, object][]): Promise<Answer> {
  const { dsn, tunnel, proxy, caCerts } = receiver;
  const header = { sent_at: new Date().toISOString(), ...(tunnel !== undefined && { dsn: publicDsn(dsn) }) };
  const body = Buffer.from([header, ...items.flat()].map((each) => JSON.stringify(each)).join('\n'));
  return postBytes({ url: endpointOf(receiver).href, proxy, caCerts }, body);
}

/**
 * Sends the bytes of an envelope.
 *
 * @param timeout - until the answer begins, in milliseconds
 * @throws ConfigurationError - if the URL of the proxy is none
 */
export async function postBytes(options: HttpOptions, bytes: Buffer, timeout = ANSWER_TIMEOUT): Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  const module = options.url.startsWith('https:') ? https : http;
  // The sender discards what the receiver says.
  const request = (target: http.RequestOptions, callback: (response: http.IncomingMessage) => void) =>
    module.request(target, (response) => {
      answer = answerOf(response);
      callback(response);
    });
  const httpModule = { request: request as typeof http.request };
  const send = httpSender({ ...options, httpModule }, suppressTracing, process.env, timeout);
  try {
    return await keepingAlive(async () => {
      await send(bytes);
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
    if (body.length < MOST_BODY) body += chunk.toString('utf8');
  });
  await once(response, 'close').catch(() => undefined); // what has arrived of it is enough
  const { id, detail } = parsed(body);
  const isAccepted = outcomeOf(status) === 'accepted';
  const isPage = body.trimStart().startsWith('<'); // of a portal or a proxy: nothing has been taken
  return {
    status,
    ...((!isAccepted || isPage) && { reason: isAccepted ? 'web_page' : `http_${status}` }),
    detail: [textOf(headers['x-sentry-error']) || detail, ...hints(headers)].filter(Boolean).join('; '),
    ...(id && { id }),
    ...(Number.isFinite(skew) && { skew }),
  };
}

function hints(headers: http.IncomingHttpHeaders): string[] {
  const { location, 'retry-after': retryAfter } = headers;
  return [
    location === undefined ? '' : `it redirects to ${location}`,
    retryAfter === undefined
      ? ''
      : `it asks to wait ${/^\d+$/.test(retryAfter) ? `${retryAfter} s` : `until ${retryAfter}`}`,
  ];
}

function parsed(body: string): { id: string; detail: string } {
  try {
    const { id, detail } = JSON.parse(body) as { id?: unknown; detail?: unknown };
    return { id: textOf(id), detail: textOf(detail) };
  } catch {
    return { id: '', detail: '' }; // not what Sentry answers
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
