import { type IncomingMessage } from 'node:http';
import { HttpProblem } from '../envelopes/http-problem.js';

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;
const LOOPBACK_ORIGIN = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Rejects requests that another web site makes a developer's browser send.
 *
 * Any page in a browser can reach the loopback interface, on which the inbox listens. Two attacks are blocked: DNS
 * rebinding, where a foreign name resolves to 127.0.0.1 (detected by the Host header), and cross-origin requests
 * (detected by the Origin header). Reading and changing items requires the inbox's own origin; a Sentry client in a
 * local front end, on another local port, may deliver events.
 *
 * @throws {HttpProblem} 403
 */
export function rejectCrossOrigin(request: IncomingMessage, delivers: boolean): void {
  const host = request.headers.host ?? '';
  if (!LOOPBACK_HOST.test(host)) {
    throw new HttpProblem(403, `host: received ${JSON.stringify(host)}; expected localhost, 127.0.0.1 or [::1]`);
  }
  const origin = request.headers.origin;
  if (origin === undefined || origin === `http://${host}`) return;
  if (delivers && LOOPBACK_ORIGIN.test(origin)) return;
  throw new HttpProblem(403, `origin: received ${JSON.stringify(origin)}; expected that of the inbox page`);
}

/** Lets a front end of this machine, whose delivery was not rejected, read the answer, as Sentry does. */
export function crossOriginHeaders(request: IncomingMessage): Record<string, string> {
  const { origin } = request.headers;
  if (origin === undefined) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type, content-encoding, x-sentry-auth, baggage, sentry-trace, traceparent',
    'access-control-expose-headers': 'x-sentry-error, x-sentry-rate-limits, retry-after',
    vary: 'origin',
  };
}
