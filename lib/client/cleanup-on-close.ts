import { setImmediate } from 'node:timers';
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
export function closeTransportWithClient(client: NodeClient): void {
  const { outbox } = activeTransport;
  client.on('close', () => {
    guarded('delivery', () => outbox?.shut());
    // Once every listener has run: the SDK keeps closed clients, and with them what their transport keeps.
    setImmediate(() => {
      guarded('delivery', () => {
        forgetTransport(client);
      });
    }).unref();
  });
}

/** Private members of Sentry 10 and 11 through which a closed client keeps what this library has made. */
const EMPTIED = { _transport: undefined, _eventProcessors: [], _hooks: {}, _integrations: {} };

function forgetTransport(client: NodeClient): void {
  const kept = client as unknown as Record<string, unknown>;
  const methods = Object.getPrototypeOf(client) as object;
  // The wrappers around its methods.
  for (const key of Object.keys(kept))
    if (typeof kept[key] === 'function' && key in methods) Reflect.deleteProperty(kept, key);
  Object.assign(kept, structuredClone(EMPTIED));
  const options = client.getOptions() as unknown as Record<string, unknown>;
  for (const [key, value] of Object.entries(options)) {
    const isNeeded = key === 'stackParser' || (typeof value !== 'function' && !Array.isArray(value));
    if (!isNeeded) options[key] = Array.isArray(value) ? [] : undefined;
  }
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
