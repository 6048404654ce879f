import type { ArgumentsHost } from '@nestjs/common';
import { isReference } from '../context/chain.js';
import { currentExecution, type Execution, type Handler } from '../context/execution.js';
import { stats } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';
import { graphqlCodeOf, graphqlStatusOf } from './graphql-codes.js';
import type { TrackedApplication } from './application-registry.js';
import { originalError } from './original-error.js';
import { report } from './report.js';
import { statusOf } from './error-status.js';

/** A failure, and where it was seen. */
export interface Failure {
  error: unknown;
  /** What the application's filter threw or returned in its stead. */
  answer?: { error: unknown };
  owner: TrackedApplication;
  handler?: Handler;
  host?: ArgumentsHost;
  kind: string;
}

/** Failures pass several places on their way out; each is judged at the first. */
const judged = processWide(
  'judged',
  () => new WeakMap<Execution, { objects: WeakSet<object>; values: Set<unknown> }>(),
);

export function wasJudged(error: unknown, at?: string): boolean {
  const known = judged.get(currentExecution());
  return isReference(error) ? (known?.objects.has(error) ?? false) : (known?.values.has(valueKey(error, at)) ?? false);
}

/** @param at - tells apart where values that are no objects were thrown; equal ones need not be one failure */
export function markJudged(error: unknown, at?: string): void {
  const execution = currentExecution();
  let known = judged.get(execution);
  if (!known) judged.set(execution, (known = { objects: new WeakSet(), values: new Set() }));
  if (isReference(error)) known.objects.add(error);
  else if (execution.kind !== 'process') known.values.add(valueKey(error, at));
}

/** Reports a failure, unless it was expected: by its own status or code, or by those of the application's answer. */
export function reportUnlessExpected({ error, answer, owner, handler, host, kind }: Failure): void {
  const policy = owner.policyOf(handler);
  const own = statusOf(error) ?? graphqlStatusOf(error);
  const answered = answer && (statusOf(answer.error) ?? graphqlStatusOf(answer.error));
  const isClientError = [error, answer?.error].some((each) => policy.graphqlCodes.has(graphqlCodeOf(each) ?? ''));
  // A 4xx wins, whether the error asked for it or a filter made it one.
  const status = own !== undefined && own < 500 ? own : (answered ?? own);
  const crashed = answer !== undefined && answer.error !== error && !isAnswer(answer.error);
  const shown = crashed ? answer.error : error;
  const verdict = isClientError ? 'ignored' : policy.judge(shown, status, host, Math.random);
  if (verdict !== 'report') stats.capture[verdict]++;
  else report(shown, { type: `auto.${kind}.nestjs`, handled: false }, crashed ? originalError(error) : undefined);
}

/** Whether a filter made this to be sent, rather than failed with it. */
function isAnswer(error: unknown): boolean {
  if (!isReference(error)) return true;
  try {
    const { getStatus, getError, extensions } = error as Record<string, unknown>;
    return typeof getStatus === 'function' || typeof getError === 'function' || typeof extensions === 'object';
  } catch {
    return false; // nobody sends what cannot be read
  }
}

function valueKey(value: unknown, at: string | undefined): unknown {
  return at === undefined ? value : `${at} ${typeof value} ${String(value)}`;
}
