import { guarded } from '../../stats/stats.js';
import { processWide } from '../../process-state/process-wide.js';

interface Handshake {
  headers?: Record<string, unknown>;
  user?: unknown;
}

/** A socket.io client has `data`, `handshake` and `request`; a ws client has none of them. */
interface Client {
  user?: unknown;
  data?: { user?: unknown };
  handshake?: Handshake;
  request?: Handshake;
}

/** The handshake requests of ws clients, which do not hold them themselves. */
const handshakes = processWide('ws-handshakes', () => new WeakMap<object, Handshake>());

export function rememberHandshake(client: unknown, request: unknown): void {
  if (isObject(client) && isObject(request) && 'headers' in request) handshakes.set(client, request as Handshake);
}

/** The user that the application or Passport has set on the client or its handshake request. */
export function userOf(subject: unknown): unknown {
  if (!isObject(subject)) return undefined;
  const { user, data, handshake, request } = subject as Client;
  return [user, data?.user, handshake?.user, request?.user, handshakes.get(subject)?.user].find(isObject);
}

/** The trace headers of the handshake, if there are any. */
export function traceOf(subject: unknown): { sentryTrace?: string; baggage?: string } | undefined {
  if (!isObject(subject)) return undefined;
  return guarded('ws-handshake', () => {
    const headers = ((subject as Client).handshake ?? handshakes.get(subject))?.headers;
    const sentryTrace = headers?.['sentry-trace'];
    const baggage = headers?.baggage;
    if (typeof sentryTrace !== 'string') return undefined;
    return { sentryTrace, baggage: typeof baggage === 'string' ? baggage : undefined };
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
