import { causeOf, isReference } from '../context/chain.js';
import type { Execution } from '../context/execution.js';
import { processWide } from '../process-state/process-wide.js';

const MOST_LINKS = 50;

/** Every error object that any execution has reported. */
const everReported = processWide('ever-reported', () => new WeakSet<object>());
/** Those that were counted instead. */
const everLeftOut = processWide('ever-left-out', () => new WeakSet<object>());

/** Stands for the id of an event that was not built: its failure has been counted. */
export const SUPPRESSED = '';

/**
 * The id of the event that has reported this failure in this execution already, or {@link SUPPRESSED}. A failure is more than an error
 * object: what wraps a reported error, or was wrapped by one, is the same failure.
 */
export function reportedAs(execution: Execution, error: unknown): string | undefined {
  const { objects, values } = execution.reported;
  if (!isReference(error)) return values.get(error);
  for (const link of linksOf(error)) {
    const id = objects.get(link);
    if (id !== undefined) return id;
  }
  return undefined;
}

export function markReported(execution: Execution, error: unknown, id: string): void {
  const { objects, values } = execution.reported;
  if (!isReference(error)) {
    if (execution.kind !== 'process') values.set(error, id); // in the process as a whole, equal values are not one failure
    return;
  }
  for (const link of linksOf(error)) {
    objects.set(link, id);
    everReported.add(link);
  }
}

/** The failure was counted instead of reported: whoever sees it next has nothing more to do with it. */
export function markSuppressed(execution: Execution, error: unknown): void {
  markReported(execution, error, SUPPRESSED);
  setSdkMark(error);
  if (isReference(error)) everLeftOut.add(error);
}

export function wasSuppressed(error: unknown): boolean {
  return isReference(error) && everLeftOut.has(error);
}

/**
 * Whether the SDK itself was handed this error, past this library: it carries the SDK's mark, and no execution has
 * reported it through here.
 */
export function wasCapturedBySdk(error: unknown): boolean {
  return isReference(error) && hasSdkMark(error) && !everReported.has(error);
}

/** The SDK drops an error object that it has seen; a second request that fails with the same one is a second failure. */
export function clearSdkMark(error: unknown): void {
  if (isReference(error) && hasSdkMark(error)) Reflect.deleteProperty(error, '__sentry_captured__');
}

/** Keeps the SDK's handlers of uncaught errors from reporting an error that the application has said to ignore. */
export function setSdkMark(error: unknown): void {
  if (isReference(error)) {
    Reflect.defineProperty(error, '__sentry_captured__', { value: true, configurable: true, writable: true });
  }
}

/** Whether the SDK takes this error for one that it has seen. */
export function hasSdkMark(error: unknown): boolean {
  if (!isReference(error)) return false;
  try {
    return (error as { __sentry_captured__?: unknown }).__sentry_captured__ === true;
  } catch {
    return false; // what cannot be read carries no mark
  }
}

/** The error, its causes and the members of aggregates. */
function linksOf(error: object): Set<object> {
  const links = new Set<object>();
  const pending: unknown[] = [error];
  while (pending.length > 0 && links.size < MOST_LINKS) {
    const next = pending.pop();
    if (!isReference(next) || links.has(next)) continue;
    links.add(next);
    pending.push(causeOf(next), ...membersOf(next));
  }
  return links;
}

function membersOf(error: object): unknown[] {
  try {
    const { errors } = error as { errors?: unknown };
    return error instanceof Error && Array.isArray(errors) ? errors.slice(0, MOST_LINKS) : [];
  } catch {
    return []; // a hostile getter hides its members
  }
}
