import type { FastifyConfig } from '../context/route-table.js';
import type { IncomingMessage, ServerResponse } from 'node:http';

type OnRequest = (request: { raw: IncomingMessage }, reply: { raw: ServerResponse }, done: () => void) => void;

/** The parts of a Fastify instance that are used here. */
export interface FastifyInstance {
  readonly initialConfig: FastifyConfig;
  addHook(name: 'onRequest', hook: OnRequest): void;
  addHook(name: 'onRoute', hook: (route: { method: string | string[]; url: string }) => void): void;
}

/**
 * Adds an `onRequest` hook before those that are there: Nest's adapter runs the application's middleware in one, which
 * already belongs to the execution of the request. `addHook` only appends, and there is no public way to come first;
 * without the private list the hook runs after the middleware.
 */
export function addFirstHook(fastify: FastifyInstance, hook: OnRequest): void {
  const key = Object.getOwnPropertySymbols(fastify).find(({ description }) => description === 'fastify.hooks');
  const hooks = key && (fastify as unknown as Record<symbol, { onRequest?: unknown } | undefined>)[key];
  if (Array.isArray(hooks?.onRequest)) hooks.onRequest.unshift(hook);
  else fastify.addHook('onRequest', hook);
}
