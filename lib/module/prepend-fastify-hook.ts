import type { FastifyConfig } from '../context/route-table.js';
import type { IncomingMessage, ServerResponse } from 'node:http';

type OnRequest = (
  request: { raw: IncomingMessage },
  reply: { raw: ServerResponse; hijack(): void },
  done: () => void,
) => void;

/** The members of a Fastify instance that are used here. */
export interface FastifyInstance {
  readonly initialConfig: FastifyConfig;
  addHook(name: 'onRequest', hook: OnRequest): void;
  addHook(name: 'onRoute', hook: (route: { method: string | string[]; url: string }) => void): void;
}

/**
 * Adds an `onRequest` hook before the existing ones: Nest's adapter runs the application's middleware in such a hook,
 * and middleware belongs to the execution of the request. `addHook` only appends, and no public API prepends; if the
 * private list is not found, the hook runs after the middleware.
 */
export function addFirstHook(fastify: FastifyInstance, hook: OnRequest): void {
  const key = Object.getOwnPropertySymbols(fastify).find(({ description }) => description === 'fastify.hooks');
  const hooks = key && (fastify as unknown as Record<symbol, { onRequest?: unknown } | undefined>)[key];
  if (Array.isArray(hooks?.onRequest)) hooks.onRequest.unshift(hook);
  else fastify.addHook('onRequest', hook);
}
