import type { NodeClient } from '@sentry/nestjs';
import { setTimeout as pause } from 'node:timers/promises';

/** How often the SDK itself checks whether events are still being prepared, in milliseconds. */
const TICK = 1;

/**
 * What `client.flush()` does, without its timers: it waits for the global ones, which never fire in a test that has
 * replaced them.
 *
 * @param timeout - of each of its stages, in milliseconds
 * @returns false if the time ran out first
 */
export async function flushClient(client: NodeClient, timeout: number): Promise<boolean> {
  // A private field of Sentry 10 and 11.
  const preparing = client as unknown as { _numProcessing?: number };
  if (typeof preparing._numProcessing !== 'number') return client.flush(timeout);
  client.emit('flush');
  for (let waited = 0; preparing._numProcessing > 0 && waited < timeout; waited += TICK) await pause(TICK);
  const arePrepared = preparing._numProcessing === 0;
  const areSent = await client.getTransport()?.flush(timeout);
  return arePrepared && areSent !== false;
}
