import { clearInterval, setInterval } from 'node:timers';

/** Neither timers nor connections of delivery and alerts keep a process alive: a command waits for their answers. */
export async function keepingAlive<T>(run: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => undefined, 1_000);
  try {
    return await run();
  } finally {
    clearInterval(timer);
  }
}
