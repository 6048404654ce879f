import { isActive } from '../client/state.js';
import { guarded } from '../stats/stats.js';
import { follow } from './follow.js';
import { RunningOperation } from './running-operation.js';
import type { Specification } from './specification.js';

/**
 * Runs work as a tracked operation and returns what it returns. Nothing that goes wrong in tracking reaches the caller;
 * while Sentry is off, the work runs alone.
 */
export function runOperation<T>(specification: Specification, args: readonly unknown[], work: () => T): T {
  if (!isActive()) return work();
  const begin = () => new RunningOperation(specification, args);
  const running = guarded('operation', begin);
  if (!running) return work();
  let value: T;
  try {
    value = running.within(work);
  } catch (error) {
    running.fail(error);
    throw error;
  }
  return follow(value, running, begin) as T;
}
