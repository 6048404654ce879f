import { setTimeout as pause } from 'node:timers/promises';

/** Repeats until `check` holds; fails with what it last said. */
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
