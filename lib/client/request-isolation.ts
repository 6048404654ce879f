import type { IncomingMessage, ServerResponse } from 'node:http';
import { channel } from 'node:diagnostics_channel';

/** Node publishes every HTTP/1 request of a server here; the SDK instruments the server that the message names. */
const requestStart = channel('http.server.request.start');
/** The SDK marks the requests that it has isolated; the same symbol in Sentry 10 and 11. */
const ISOLATED = Symbol.for('sentry_http_server_instrumented');

/** Whether the SDK has given this request a scope of its own. */
export function isIsolatedRequest(request: object): boolean {
  return ISOLATED in request;
}

/**
 * Stands for the server that a request never came through: `fastify.inject()`, HTTP/2 streams and serverless adapters
 * call the platform directly. The SDK instruments its `emit` like that of any other server, so that these requests get
 * the same scope, span, session and body.
 */
class DirectCalls {
  emit(_event: 'request', _request: IncomingMessage, _response: ServerResponse, next: () => void): boolean {
    next();
    return true;
  }
}

const directCalls = new DirectCalls();

/**
 * Lets the SDK isolate a request that it has not seen, and runs `next` within.
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
    // Without an own `emit` the SDK has not instrumented it yet: it does so once.
    if (!Object.hasOwn(directCalls, 'emit')) {
      requestStart.publish({ request, response, socket: request.socket, server: directCalls });
    }
    if (response instanceof Object && 'stream' in response) hideStatusMessage(response);
    directCalls.emit('request', request, response, enter);
  } catch (error) {
    if (entered) throw error;
    enter(); // a request or response that lacks what the SDK reads
  }
}

/** The SDK reads `statusMessage`, which HTTP/2 does not have: Node would warn of that in the application's output. */
function hideStatusMessage(response: ServerResponse): void {
  Object.defineProperty(response, 'statusMessage', { value: '', configurable: true, writable: true });
}
