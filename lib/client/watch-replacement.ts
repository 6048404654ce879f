import { getClient, getCurrentScope, type NodeClient } from '@sentry/nestjs';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { clientState } from './state.js';

type OnReplaced = (client: NodeClient) => void;

const watch = processWide<{ onReplaced?: OnReplaced; paused: boolean; isInstalled: boolean }>(
  'client-replacement',
  () => ({ paused: false, isInstalled: false }),
);

/**
 * Calls back when the application replaces the client with `Sentry.init()`, before the new one has captured anything:
 * the SDK sets it on the scope of the process.
 */
export function watchReplacement(onReplaced: OnReplaced): void {
  watch.onReplaced = onReplaced;
  if (watch.isInstalled) return;
  watch.isInstalled = true;
  const scope = getCurrentScope();
  const setClient = scope.setClient.bind(scope);
  scope.setClient = (client) => {
    setClient(client);
    if (!client || watch.paused || client === clientState.client) return;
    guarded('client-replaced', () => {
      const replacement = getClient<NodeClient>();
      if (replacement) watch.onReplaced?.(replacement);
    });
  };
}

/** Starts a client of this library, which does not count as a replacement. */
export function withoutWatch<T>(start: () => T): T {
  watch.paused = true;
  try {
    return start();
  } finally {
    watch.paused = false;
  }
}
