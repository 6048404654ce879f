import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '../process-state/process-wide.js';
import type { Handler } from './execution.js';

/**
 * The context of a part of an execution that has its own handler: one GraphQL field. Several run concurrently within
 * one request, so their context cannot be stored on the execution.
 */
export interface HandlerContext {
  /** Transaction name of error events of this part: `query cats`. */
  name?: string;
  handler?: Handler;
  tags?: Record<string, string>;
  /** The arguments of the handler. */
  payload?: unknown;
  /** Identifies this part among the others of its execution. */
  at?: string;
}

const storage = processWide('handler-contexts', () => new AsyncLocalStorage<HandlerContext | undefined>());

export function currentHandlerContext(): HandlerContext | undefined {
  return storage.getStore();
}

export function withHandlerContext<T>(context: HandlerContext | undefined, run: () => T): T {
  return storage.run(context, run);
}
