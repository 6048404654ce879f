import { setTimeout } from 'node:timers';
import { applicationOf } from '../context/applications.js';
import { isReference } from '../context/operation-chain.js';
import type { Execution } from '../context/execution.js';
import { readText } from '../grouping/index.js';
import { processWide } from '../process-state/process-wide.js';
import type { CaptureCandidate } from './capture-candidate.js';
import { linksOf } from './error-links.js';
import { hasSdkMark, setSdkMark } from './sdk-mark.js';

/** Every error object that any execution has reported. */
const everReported = processWide('ever-reported', () => new WeakSet<object>());
/** Every error object that the quota suppressed: counted instead of reported. */
const everSuppressed = processWide('ever-suppressed', () => new WeakSet<object>());

const forgetting = new WeakSet<Execution>();
/** Limit of thrown values per execution: an event stream may last for days. */
const MOST_VALUES = 1_000;

/** Replaces the event id of a failure that the quota suppressed. */
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
  return values.size > 0 ? reportedByStack(execution, links) : undefined;
}

/** The same failure may have been logged as the text of its stack. */
function reportedByStack({ reported: { values } }: Execution, links: ReadonlySet<object>): string | undefined {
  for (const link of links) {
    const id = values.get(readText(link, 'stack'));
    if (id !== undefined) return id;
  }
  return undefined;
}

export function markReported(execution: Execution, error: unknown, id: string, links = linksOf(error)): void {
  const { objects, values } = execution.reported;
  const isLogged = applicationOf(execution).logger?.captureErrors;
  const isProcess = execution.kind === 'process';
  if (!isReference(error)) {
    // Outside of executions, equal values are separate failures.
    if (!isProcess && values.size < MOST_VALUES) values.set(error, id);
    return;
  }
  if (isProcess) forgetSoon(execution);
  for (const link of links) {
    objects.set(link, id);
    everReported.add(link);
    const stack = isLogged ? readText(link, 'stack') : undefined;
    if (stack !== undefined && values.size < MOST_VALUES) values.set(stack, id);
  }
}

/** Lets the execution that started this one recognise a failure that is rethrown to it. */
export function passOn(error: unknown, from: Execution, to: Execution): void {
  const id = from.reported.values.get(error);
  if (isReference(error) || id === undefined || to.reported.values.size >= MOST_VALUES) return;
  to.reported.values.set(error, id);
  if (to.kind === 'process') forgetSoon(to);
}

/**
 * The process continues after a failure outside of requests: the same error object, or one with the same cause, is a
 * new failure later. An error that is captured and immediately rethrown is one failure.
 */
function forgetSoon(execution: Execution): void {
  if (forgetting.has(execution)) return;
  forgetting.add(execution);
  // A timer, not an immediate: on a busy event loop, timers that the application sets later run before immediates.
  setTimeout(() => {
    forgetting.delete(execution);
    execution.reported = { objects: new WeakMap(), values: new Map() };
  }).unref();
}

/** The failure was counted instead of reported: later hooks must ignore it. */
export function markSuppressed({ snapshot, links, facts: { error } }: CaptureCandidate): void {
  markReported(snapshot.execution, error, SUPPRESSED, links);
  setSdkMark(error);
  if (isReference(error)) everSuppressed.add(error);
}

export function wasSuppressed(error: unknown): boolean {
  return isReference(error) && everSuppressed.has(error);
}

/**
 * Whether the SDK captured this error without this library: it carries the SDK's mark, and no execution has reported it
 * here.
 */
export function wasCapturedBySdk(error: unknown): boolean {
  return isReference(error) && hasSdkMark(error) && !everReported.has(error);
}
