import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '../process-state/process-wide.js';

/** A tracked operation that has begun. */
export interface Operation {
  readonly name: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly startedAt: number;
  readonly parent?: Operation;
  /** What an error that leaves this operation is reported with. */
  readonly marks?: OperationMarks;
  finished: boolean;
}

export interface OperationMarks {
  domain?: string;
  tags?: Record<string, string>;
  fingerprint?: string[];
  level?: 'fatal' | 'error' | 'warning' | 'log' | 'info' | 'debug';
}

const storage = processWide('operations', () => new AsyncLocalStorage<Operation | undefined>());

/** The innermost operation that the running code belongs to. */
export function currentOperation(): Operation | undefined {
  return storage.getStore();
}

export function withinOperation<T>(operation: Operation | undefined, run: () => T): T {
  return storage.run(operation, run);
}

/** The operation and all around it that have not finished, outermost first. */
export function unfinishedAround(operation: Operation | undefined): Operation[] {
  const chain: Operation[] = [];
  for (let next = operation; next; next = next.parent) if (!next.finished) chain.unshift(next);
  return chain;
}
