import { setTimeout as pause } from 'node:timers/promises';

/** Repeats `check` until it passes; after the timeout, throws its last error. */
export async function poll(check: () => unknown, timeout = 10_000): Promise<void> {
  const deadline = Date.now() + timeout;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(25);
    }
  }
}
