import { type IncomingMessage } from 'node:http';
import { HttpProblem } from './http-problem.js';

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;
const LOOPBACK_ORIGIN = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Refuses what another web site makes a developer's browser send.
 *
 * The inbox listens on the loopback interface, which a browser reaches for any page it shows. Two ways in are closed:
 * a foreign name that is made to resolve to 127.0.0.1 (its Host header gives it away), and a request from a foreign
 * page (its Origin does). The same origin is asked of whatever changes or reads items; a Sentry client in a local
 * front end, with an origin of another local port, may deliver.
 *
 * @throws {HttpProblem} 403
 */
export function refuseForeign(request: IncomingMessage, delivers: boolean): void {
  const host = request.headers.host ?? '';
  if (!LOOPBACK_HOST.test(host)) {
    throw new HttpProblem(403, `host ${JSON.stringify(host)} is refused, expected localhost, 127.0.0.1 or [::1]`);
  }
  const origin = request.headers.origin;
  if (origin === undefined || origin === `http://${host}`) return;
  if (delivers && LOOPBACK_ORIGIN.test(origin)) return;
  throw new HttpProblem(403, `origin ${JSON.stringify(origin)} is refused: the inbox answers its own page only`);
}
