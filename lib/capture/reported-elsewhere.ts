import { isReference } from '../context/operation-chain.js';
import { processWide } from '../process-state/process-wide.js';

/** Errors whose cause has an event of its own: a connection that is lost fails every command that waits for it. */
const reportedElsewhere = processWide('reported-elsewhere', () => new WeakSet<object>());

/** If nobody handles the promise that this error rejects, no further event is sent. Where it fails a request, one is. */
export function noteReportedElsewhere(error: unknown): void {
  if (isReference(error)) reportedElsewhere.add(error);
}

export function isReportedElsewhere(error: unknown): boolean {
  return isReference(error) && reportedElsewhere.has(error);
}
