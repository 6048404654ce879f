import type { IncomingMessage } from 'node:http';
import { applicationOf } from './applications.js';
import { currentExecution, type Handler } from './execution.js';

const KEY = 'nestjs-error-tracker:critical';

/** `reflect-metadata` comes with Nest, which may be loaded after this file. */
interface Metadata {
  defineMetadata?(key: string, value: unknown, target: object): void;
  hasMetadata?(key: string, target: object): boolean;
}

/** Uses metadata because Nest copies it from a handler to the function that it registers as the route. */
export function markCritical(method: object): void {
  (Reflect as Metadata).defineMetadata?.(KEY, true, method);
}

export function isMarkedCritical(method: unknown): boolean {
  return typeof method === 'function' && ((Reflect as Metadata).hasMetadata?.(KEY, method) ?? false);
}

export function isCriticalHandler(handler: Handler | undefined): boolean {
  return isMarkedCritical(handler?.callback);
}

/** Whether a request, by default the one that is starting, will reach a handler that is marked critical. */
export function isCriticalRequest(request?: IncomingMessage): boolean {
  const execution = request ? { incoming: request } : currentExecution();
  const { incoming } = execution;
  const { critical } = applicationOf(execution);
  if (!critical || !incoming) return false;
  const [path = '/'] = (incoming.url ?? '/').split('?', 1);
  return critical(incoming.method ?? 'GET', path);
}
