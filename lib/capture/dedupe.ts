import { isReference } from '../context/chain.js';
import type { Execution } from '../context/execution.js';
import { processWide } from '../process-state/process-wide.js';
import type { CaptureCandidate } from './capture-candidate.js';
import { linksOf } from './error-links.js';
import { hasSdkMark, setSdkMark } from './sdk-mark.js';

/** Every error object that any execution has reported. */
const everReported = processWide('ever-reported', () => new WeakSet<object>());
/** Those that the quota suppressed: counted instead of reported. */
const everSuppressed = processWide('ever-suppressed', () => new WeakSet<object>());

/** In place of an event id, for a failure that the quota suppressed. */
export const SUPPRESSED = '';

/**
 * The id of the event that reported this failure in this execution, or {@link SUPPRESSED}. An error that wraps a
 * reported one, or was wrapped by one, is the same failure.
 */
export function reportedAs(execution: Execution, error: unknown, links = linksOf(error)): string | undefined {
  const { objects, values } = execution.reported;
  if (!isReference(error)) return values.get(error);
  for (const link of links) {
    const id = objects.get(link);
    if (id !== undefined) return id;
  }
  return undefined;
}

export function markReported(execution: Execution, error: unknown, id: string, links = linksOf(error)): void {
  const { objects, values } = execution.reported;
  if (!isReference(error)) {
    if (execution.kind !== 'process') values.set(error, id); // in the process as a whole, equal values are not one failure
    return;
  }
  for (const link of links) {
    objects.set(link, id);
    everReported.add(link);
  }
}

/** The failure was counted instead of reported: whoever sees it next has nothing more to do with it. */
export function markSuppressed({ snapshot, links, facts: { error } }: CaptureCandidate): void {
  markReported(snapshot.execution, error, SUPPRESSED, links);
  setSdkMark(error);
  if (isReference(error)) everSuppressed.add(error);
}

export function wasSuppressed(error: unknown): boolean {
  return isReference(error) && everSuppressed.has(error);
}

/**
 * Whether the SDK itself was handed this error, past this library: it carries the SDK's mark, and no execution has
 * reported it through here.
 */
export function wasCapturedBySdk(error: unknown): boolean {
  return isReference(error) && hasSdkMark(error) && !everReported.has(error);
}
