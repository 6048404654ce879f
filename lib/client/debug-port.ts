import inspector from 'node:inspector';

const LOOK_EVERY = 5;
const GIVE_UP_AFTER = 10_000;

/** Whether a debugger was asked for (`--inspect`): then its port is not ours to close. */
export function hasDebugPort(): boolean {
  return inspector.url() !== undefined;
}

/**
 * Closes the port that the SDK opens in order to read local variables. Its own session goes on without it; the open
 * port would let every local process take the application over, and keeps Node from ending on a signal.
 */
export function closeDebugPortOnceOpen(): void {
  const since = Date.now();
  const timer = setInterval(() => {
    if (hasDebugPort()) inspector.close();
    else if (Date.now() - since < GIVE_UP_AFTER) return;
    clearInterval(timer);
  }, LOOK_EVERY);
  timer.unref();
}
