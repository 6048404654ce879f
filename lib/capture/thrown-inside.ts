import { isReference } from '../context/operation-chain.js';
import type { ContextRunner } from '../process-state/context-runner.js';
import { processWide } from '../process-state/process-wide.js';

/** Runs code in the execution in which an error was thrown. */
const insides = processWide('thrown-inside', () => new WeakMap<object, ContextRunner>());

/** Remembers where an error was thrown: if nobody handles it, the process receives it outside of any execution. */
export function noteThrown(error: unknown, inside: ContextRunner): void {
  if (isReference(error)) insides.set(error, inside);
}

/** Where an error was thrown that the process has received, if that is known. */
export function thrownInside(error: unknown): ContextRunner | undefined {
  return isReference(error) ? insides.get(error) : undefined;
}
