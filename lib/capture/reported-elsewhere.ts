import { isReference } from '../context/operation-chain.js';
import { processWide } from '../process-state/process-wide.js';

/** Whether a failure that many errors share still needs an event: true the first time. */
export type ClaimReport = () => boolean;

/** By error: a connection that is lost fails every command that waits for it. */
const claims = processWide('shared-failures', () => new WeakMap<object, ClaimReport>());

/**
 * Notes an error that is one of many with the same cause. If nobody handles the promises that they reject, one event is
 * sent for all. Where such an error fails a request, that request is reported as usual.
 */
export function noteSharedFailure(error: unknown, claim: ClaimReport): void {
  if (isReference(error)) claims.set(error, claim);
}

/** Whether another event has been sent for the cause of an error that nobody has handled. */
export function isReportedElsewhere(error: unknown): boolean {
  const claim = isReference(error) ? claims.get(error) : undefined;
  return claim !== undefined && !claim();
}
