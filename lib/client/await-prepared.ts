import type { NodeClient } from '@sentry/nestjs';
import { setTimeout as pause } from 'node:timers/promises';

/** How often it is checked whether events are still being prepared, in milliseconds, as in the SDK. */
const TICK = 1;

/** Private members of Sentry 10 and 11. */
interface PreparingClient {
  _numProcessing?: number;
  _isClientDoneProcessing?: (timeout?: number) => PromiseLike<boolean>;
}

/**
 * Lets `client.flush()` wait for prepared events by timers of Node's own: the global ones never fire in a test that has
 * replaced them, and neither would `app.close()` return.
 */
export function awaitPrepared(client: NodeClient): void {
  const sdk = client as unknown as PreparingClient;
  if (typeof sdk._isClientDoneProcessing !== 'function' || typeof sdk._numProcessing !== 'number') return;
  sdk._isClientDoneProcessing = async (timeout) => {
    for (let waited = 0; !timeout || waited < timeout; waited += TICK) {
      await pause(TICK);
      if (!sdk._numProcessing) return true;
    }
    return false;
  };
}
