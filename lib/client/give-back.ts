import type { NodeClient } from '@sentry/nestjs';
import { activeTransport } from '../delivery/status.js';
import { guarded } from '../stats/stats.js';
import { clientState } from './state.js';

type Listener = (...args: unknown[]) => void;
/** The process, as far as its listeners are concerned. */
const emitter = process as Pick<NodeJS.EventEmitter, 'listeners' | 'off'>;
/** Events for which integrations of the SDK add a listener at every start, and none removes it. */
const PROCESS_EVENTS = ['uncaughtException', 'unhandledRejection'];

/** Closing the client gives back what its transport has taken: timers, connections, files, listeners. */
export function shutWithClient(client: NodeClient): void {
  const { outbox } = activeTransport;
  client.on('close', () => {
    guarded('delivery', () => outbox?.shut());
  });
}

/** Starts a client whose listeners on the process are removed when it is closed. */
export function withOwnListeners(start: () => NodeClient | undefined): NodeClient | undefined {
  const before = PROCESS_EVENTS.map((event) => new Set(emitter.listeners(event)));
  const client = start();
  const added = PROCESS_EVENTS.flatMap((event, at) =>
    emitter.listeners(event).flatMap((listener) => (before[at]?.has(listener) ? [] : [{ event, listener }])),
  );
  client?.on('close', () => {
    for (const { event, listener } of added) emitter.off(event, listener as Listener);
  });
  return client;
}

/** Whether this client was started or adopted here and has been closed since: the next start begins anew. */
export function isClosed(client: NodeClient | undefined): boolean {
  return client !== undefined && client === clientState.client && client.getOptions().enabled === false;
}
