import type { NodeClient } from '@sentry/nestjs';
import { processWide } from '../process-state/process-wide.js';
import type { ResolvedInit } from '../options/resolve-init.js';

/** The one client of the process, and the options that it was started with. */
export interface ClientState {
  client?: NodeClient;
  options?: ResolvedInit & { release?: string };
}

export const clientState: ClientState = processWide<ClientState>('client', () => ({}));

/** Whether captures lead anywhere: the SDK was started here, is enabled and has somewhere to send to. */
export function isActive(): boolean {
  const { client } = clientState;
  return client !== undefined && client.getTransport() !== undefined && client.getOptions().enabled !== false;
}
