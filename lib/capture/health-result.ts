import { isReference } from '../context/operation-chain.js';

const FAILING = new Set<unknown>(['error', 'shutting_down']);

/** Whether an error has the shape of a failing health check, as thrown by the `HealthCheckService` of Terminus. */
export function isHealthResult(error: unknown): boolean {
  if (!isReference(error)) return false;
  try {
    const { getResponse } = error as { getResponse?: unknown };
    const result: unknown = typeof getResponse === 'function' ? getResponse.call(error) : undefined;
    if (!isReference(result)) return false;
    const { status, info, error: failing, details } = result as Record<string, unknown>;
    return FAILING.has(status) && [info, failing, details].every(isReference);
  } catch {
    return false; // not what Terminus throws
  }
}
