import inspector from 'node:inspector';

const LOOK_EVERY = 5;
const GIVE_UP_AFTER = 10_000;
/** Where the SDK leaves the local variables, on the error object itself. */
const PROPERTY = '__SENTRY_ERROR_LOCAL_VARIABLES__';

/** To be called before the SDK starts to read local variables: keeps two side effects of that from the application. */
export function prepareForLocalVariables(): void {
  hideFromLogs();
  // With `--inspect` a debugger was asked for: then the port is not ours to close.
  if (inspector.url() === undefined) closeDebugPortOnceOpen();
}

/**
 * The SDK assigns the variables to every error that is thrown, where a logger that prints errors would show them, with
 * whatever passwords they hold. An accessor of the prototype takes the assignment and hides the property.
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
 * Closes the port that the SDK opens in order to read local variables. Its own session goes on without it; the open
 * port would let every local process take the application over, and keeps Node from ending on a signal.
 */
function closeDebugPortOnceOpen(): void {
  const since = Date.now();
  const timer = setInterval(() => {
    if (inspector.url() !== undefined) inspector.close();
    else if (Date.now() - since < GIVE_UP_AFTER) return;
    clearInterval(timer);
  }, LOOK_EVERY);
  timer.unref();
}
