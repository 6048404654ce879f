import type { NodeClient } from '@sentry/nestjs';
import { processWide } from '../process-state/process-wide.js';
import type { Pseudonyms, Scrubber } from '../scrubbing/index.js';
import type { ResolvedInit } from '../options/resolve-init.js';

/**
 * How the client was started: `own`, by `initSentry()`; `adopted`, by `Sentry.init()` before it; `replaced`, by
 * `Sentry.init()` after it.
 *
 * @example
 * ```ts
 * import { type ClientOrigin } from 'nestjs-error-tracker';
 *
 * const origin: ClientOrigin | undefined = tracker.status().client;
 * if (origin === 'replaced') throw new Error('Another Sentry.init() has replaced the client');
 * ```
 */
export type ClientOrigin = 'own' | 'adopted' | 'replaced';

/** The client of the process, and its start options. */
export interface ClientState {
  client?: NodeClient;
  origin?: ClientOrigin;
  options?: ResolvedInit & { release?: string };
  /** Created with `scrubbing.pseudonymKey`. */
  pseudonyms?: Pseudonyms;
  /** Of everything that is sent; undefined if scrubbing is disabled. */
  scrubber?: Scrubber;
}

export const clientState: ClientState = processWide<ClientState>('client', () => ({}));

/** Whether captured events are sent: this library has a client, which is enabled and has a transport. */
export function isActive(): boolean {
  const { client } = clientState;
  return client !== undefined && client.getTransport() !== undefined && client.getOptions().enabled !== false;
}
