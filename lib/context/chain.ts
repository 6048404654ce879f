import type { Execution } from './execution.js';
import { currentOperation, unfinishedAround, type Operation } from './operation.js';

/**
 * Remembers which operations were unfinished when an error left one of them. The innermost operation comes first:
 * on its way out the error passes the outer ones, which add nothing.
 */
export function rememberChain(execution: Execution, error: unknown, operation: Operation): void {
  const { objects, values } = execution.chains;
  const known = isReference(error) ? objects.get(error) : values.get(error);
  if (known?.includes(operation)) return;
  const chain = unfinishedAround(operation);
  if (isReference(error)) objects.set(error, chain);
  else if (execution.kind !== 'process') values.set(error, chain); // a value of the process would stay for ever
}

/**
 * The operations that led to an error, outermost first: those of the error or of the deepest of its causes that left a
 * tracked operation, else those that the running code is in.
 */
export function chainOf(execution: Execution, error: unknown): Operation[] {
  const { objects, values } = execution.chains;
  let found: Operation[] | undefined = isReference(error) ? undefined : values.get(error);
  const seen = new Set<unknown>();
  for (let next = error; isReference(next) && !seen.has(next); next = causeOf(next)) {
    seen.add(next);
    const chain = objects.get(next);
    if (chain && chain.length >= (found?.length ?? 0)) found = chain;
  }
  return found ?? unfinishedAround(currentOperation());
}

export function isReference(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** The `cause` of an error; undefined where there is none or where reading it fails. */
export function causeOf(error: object): unknown {
  try {
    return (error as { cause?: unknown }).cause;
  } catch {
    return undefined; // a hostile getter hides its cause
  }
}
