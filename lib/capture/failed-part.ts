import { getIsolationScope, withIsolationScope, type Scope } from '@sentry/nestjs';
import { isReference } from '../context/operation-chain.js';
import { areRelated, currentExecution, executionOf } from '../context/execution.js';
import { processWide } from '../process-state/process-wide.js';

/** The scope of the part of an execution in which an error was thrown. */
const scopes = processWide('failed-parts', () => new WeakMap<object, Scope>());

/** Remembers the running part of an execution as the one that failed, unless a part of it has failed with that error. */
export function noteFailedPart(error: unknown): void {
  if (!isReference(error)) return;
  const known = scopes.get(error);
  if (!known || !areRelated(executionOf(known), currentExecution())) scopes.set(error, getIsolationScope());
}

/**
 * Runs the report of an error in the part of the running execution that failed with it: it may be judged elsewhere, as a
 * command is by its caller.
 */
export function whereItFailed<T>(error: unknown, report: () => T): T {
  const scope = isReference(error) ? scopes.get(error) : undefined;
  if (!scope || !areRelated(executionOf(scope), currentExecution())) return report();
  return withIsolationScope(scope, report);
}
