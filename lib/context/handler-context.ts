import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '../process-state/process-wide.js';
import type { Handler } from './execution.js';

/**
 * A part of an execution that is handled by code of its own: one GraphQL field. Several run at the same time within
 * one request, so what is known of them cannot stand in the execution.
 */
export interface HandlerContext {
  /** Name that error events of this part bear: `query cats`. */
  name?: string;
  handler?: Handler;
  tags?: Record<string, string>;
  /** What this part was called with. */
  payload?: unknown;
  /** Tells this part apart from the others of its execution. */
  at?: string;
}

const storage = processWide('places', () => new AsyncLocalStorage<HandlerContext | undefined>());

export function currentHandlerContext(): HandlerContext | undefined {
  return storage.getStore();
}

export function withHandlerContext<T>(place: HandlerContext | undefined, run: () => T): T {
  return storage.run(place, run);
}
