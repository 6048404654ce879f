import inspector from 'node:inspector';

const POLL_INTERVAL_MS = 5;
const POLL_TIMEOUT_MS = 10_000;
/** The property of the error object in which the SDK stores the local variables. */
const PROPERTY = '__SENTRY_ERROR_LOCAL_VARIABLES__';

/** Call this before the SDK starts to read local variables: it prevents two side effects on the application. */
export function prepareForLocalVariables(): void {
  hideFromLogs();
  // With `--inspect`, the user has opened the port.
  if (inspector.url() === undefined) closeDebugPortOnceOpen();
}

/**
 * The SDK assigns the variables to every thrown error, so a logger that prints errors would expose the passwords in
 * them. An accessor on the prototype intercepts the assignment and makes the property non-enumerable.
 */
function hideFromLogs(): void {
  Object.defineProperty(Error.prototype, PROPERTY, {
    configurable: true,
    get: () => undefined,
    set(this: object, value: unknown) {
      Reflect.defineProperty(this, PROPERTY, { value, configurable: true, writable: true, enumerable: false });
    },
  });
}

/**
 * Closes the inspector port that the SDK opens to read local variables. The SDK's own session works without it; an open
 * port would let any local process control the application, and keeps Node from exiting on a signal.
 */
function closeDebugPortOnceOpen(): void {
  const startedAt = Date.now();
  const timer = setInterval(() => {
    if (inspector.url() !== undefined) inspector.close();
    else if (Date.now() - startedAt < POLL_TIMEOUT_MS) return;
    clearInterval(timer);
  }, POLL_INTERVAL_MS);
  timer.unref();
}
