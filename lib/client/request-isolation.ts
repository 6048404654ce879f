import type { IncomingMessage, ServerResponse } from 'node:http';
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Node publishes every HTTP/1 request of a server here; the SDK instruments the server in the message. */
const requestStart = channel('http.server.request.start');
/** The SDK marks isolated requests with this symbol, in Sentry 10 and 11. */
const ISOLATED = Symbol.for('sentry_http_server_instrumented');

/** Whether the SDK has given this request its own scope. */
export function isIsolatedRequest(request: object): boolean {
  return ISOLATED in request;
}

/**
 * Acts as the server for requests without one: `fastify.inject()`, HTTP/2 streams and serverless adapters call the
 * platform directly. The SDK instruments its `emit` like the `emit` of any server, so that these requests get the same
 * scope, span, session and body.
 */
class DirectCalls {
  emit(_event: 'request', _request: IncomingMessage, _response: ServerResponse, next: () => void): boolean {
    next();
    return true;
  }
}

const directCalls = new DirectCalls();

/**
 * Lets the SDK isolate a request that did not come from an HTTP server, and runs `next` within its scope.
 *
 * @throws what `next` throws
 */
export function isolateDirectRequest(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  let entered = false as boolean;
  const enter = () => {
    entered = true;
    next();
  };
  try {
    // No own `emit`: the SDK has not instrumented it yet, which happens once.
    if (!Object.hasOwn(directCalls, 'emit')) {
      requestStart.publish({ request, response, socket: request.socket, server: directCalls });
    }
    if (response instanceof Object && 'stream' in response) hideStatusMessage(response);
    directCalls.emit('request', request, response, enter);
  } catch (error) {
    if (entered) throw error;
    enter(); // the request or response lacks properties that the SDK reads
  }
}

/** The SDK reads `statusMessage`, for which Node prints a warning with HTTP/2. */
function hideStatusMessage(response: ServerResponse): void {
  Object.defineProperty(response, 'statusMessage', { value: '', configurable: true, writable: true });
}

/** Which requests of a server the SDK leaves alone. */
const leftAlone = new WeakMap<object, (request: IncomingMessage) => boolean>();

/** Gives matching requests no scope, no span and no session: they are not requests to the application. */
export function leaveAlone(server: object, matches: (request: IncomingMessage) => boolean): void {
  leftAlone.set(server, matches);
  unsubscribe('http.server.request.start', markLeftAlone);
  subscribe('http.server.request.start', markLeftAlone);
}

function markLeftAlone(message: unknown): void {
  const { request, server } = message as { request: IncomingMessage; server: object };
  if (leftAlone.get(server)?.(request)) Object.assign(request, { [ISOLATED]: true });
}
