import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '../process-state/process-wide.js';

/** A tracked operation that has started. */
export interface Operation {
  readonly name: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly parent?: Operation;
  /** Applied to the events of errors that leave this operation. */
  readonly errorAttributes?: ErrorAttributes;
  finished: boolean;
}

export interface ErrorAttributes {
  domain?: string;
  tags?: Record<string, string>;
  fingerprint?: string[];
  level?: 'fatal' | 'error' | 'warning' | 'log' | 'info' | 'debug';
}

const storage = processWide('operations', () => new AsyncLocalStorage<Operation | undefined>());

/** The innermost operation of the code that is running. */
export function currentOperation(): Operation | undefined {
  return storage.getStore();
}

export function withinOperation<T>(operation: Operation | undefined, run: () => T): T {
  return storage.run(operation, run);
}

/** The unfinished operations among this one and its parents, outermost first. */
export function unfinishedAround(operation: Operation | undefined): Operation[] {
  const chain: Operation[] = [];
  for (let next = operation; next; next = next.parent) if (!next.finished) chain.unshift(next);
  return chain;
}
