import { read } from '../grouping/index.js';
import type { Execution } from './execution.js';
import { currentOperation, unfinishedAround, type Operation } from './operation.js';

/** Limit of thrown values per execution: an event stream may last for days. */
const MOST_VALUES = 1_000;
/** Causes that are followed: they may form a cycle, or never end. */
const MAX_CAUSES = 50;

/**
 * Remembers which operations were unfinished when an error left one of them. The innermost operation is recorded
 * first; the outer ones that the error passes next add nothing.
 */
export function rememberChain(execution: Execution, error: unknown, operation: Operation): void {
  const { objects, values } = execution.chains;
  const known = isReference(error) ? objects.get(error) : values.get(error);
  if (known?.includes(operation)) return;
  const chain = unfinishedAround(operation);
  if (isReference(error)) objects.set(error, chain);
  else if (execution.kind !== 'process' && values.size < MOST_VALUES) values.set(error, chain); // never freed otherwise
}

/**
 * The operations that led to an error, outermost first: those recorded for the error or for its deepest cause that left
 * a tracked operation, or else the operations that are currently running.
 */
export function chainOf(execution: Execution, error: unknown): Operation[] {
  const { objects, values } = execution.chains;
  let found: Operation[] | undefined = isReference(error) ? undefined : values.get(error);
  let next = error;
  for (let link = 0; isReference(next) && link < MAX_CAUSES; link++, next = causeOf(next)) {
    const chain = objects.get(next);
    if (chain && chain.length >= (found?.length ?? 0)) found = chain;
  }
  return found ?? unfinishedAround(currentOperation());
}

export function isReference(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** The `cause` of an error, or undefined if it has none or its getter throws. */
export function causeOf(error: object): unknown {
  return read(error, 'cause');
}
