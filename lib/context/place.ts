import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '../ledger/process-wide.js';
import type { Handler } from './execution.js';

/**
 * A part of an execution that is handled by code of its own: one GraphQL field. Several run at the same time within
 * one request, so what is known of them cannot stand in the execution.
 */
export interface Place {
  /** Name that error events of this part bear: `query cats`. */
  name?: string;
  handler?: Handler;
  tags?: Record<string, string>;
  /** What this part was called with. */
  payload?: unknown;
  /** Tells this part apart from the others of its execution. */
  at?: string;
}

const storage = processWide('places', () => new AsyncLocalStorage<Place | undefined>());

export function currentPlace(): Place | undefined {
  return storage.getStore();
}

export function withinPlace<T>(place: Place | undefined, run: () => T): T {
  return storage.run(place, run);
}
