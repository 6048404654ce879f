import type { NodeClient } from '@sentry/nestjs';
import { processWide } from '../process-state/process-wide.js';
import type { Pseudonyms } from '../scrubbing/index.js';
import type { ResolvedInit } from '../options/resolve-init.js';

/** The client of the process, and the options that it was started with. */
export interface ClientState {
  client?: NodeClient;
  options?: ResolvedInit & { release?: string };
  /** Made with the key of `scrubbing.pseudonymKey`. */
  pseudonyms?: Pseudonyms;
}

export const clientState: ClientState = processWide<ClientState>('client', () => ({}));

/** Whether captured events are sent: the SDK was started by this library, is enabled and has a transport. */
export function isActive(): boolean {
  const { client } = clientState;
  return client !== undefined && client.getTransport() !== undefined && client.getOptions().enabled !== false;
}
