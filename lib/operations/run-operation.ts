import { isActive } from '../client/state.js';
import { guarded } from '../stats/stats.js';
import { observeResult } from './observe-result.js';
import { RunningOperation } from './running-operation.js';
import type { Specification } from './specification.js';

/**
 * Runs work as a tracked operation and returns its result. Failures of the tracking never reach the caller. If Sentry
 * is disabled, the work runs untracked.
 */
export function runOperation<T>(specification: Specification, args: readonly unknown[], work: () => T): T {
  if (!isActive()) return work();
  const start = () => new RunningOperation(specification, args);
  const running = guarded('operation', start);
  if (!running) return work();
  let value: T;
  try {
    value = running.within(work);
  } catch (error) {
    running.fail(error);
    throw error;
  }
  return observeResult(value, running, start, specification.isAsync === true) as T;
}
