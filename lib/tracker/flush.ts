import { clearTimeout, setTimeout } from 'node:timers';
import { clientState, isActive } from '../client/state.js';
import { countFault } from '../stats/stats.js';
import { settlePendingFailures } from '../capture/http-failure.js';

/**
 * Waits until everything that was captured has been sent.
 *
 * @param timeout - in milliseconds; default: `shutdownTimeout`
 * @returns false if the time ran out first
 */
export async function flushCaptured(timeout?: number): Promise<boolean> {
  const { client, options } = clientState;
  if (!client || !isActive()) return true;
  settlePendingFailures();
  const milliseconds = timeout ?? options?.shutdownTimeout ?? 0;
  let timer: NodeJS.Timeout | undefined;
  // The SDK allows each of its stages the whole timeout.
  const timeIsUp = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  try {
    return await Promise.race([client.flush(milliseconds), timeIsUp]);
  } catch {
    countFault('flush');
    return false;
  } finally {
    clearTimeout(timer);
  }
}
