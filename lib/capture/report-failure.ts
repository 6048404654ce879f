import type { ArgumentsHost } from '@nestjs/common';
import { INTERNAL_ERROR } from '../client/span-status.js';
import { ownExecution, type Handler } from '../context/execution.js';
import { stats } from '../stats/stats.js';
import { graphqlSpanStatus } from './graphql-codes.js';
import { CaptureCandidate } from './capture-candidate.js';
import { hasObservers } from './failure-observers.js';
import { judge, type Answer } from './judge.js';
import { originalError } from './original-error.js';
import type { PolicyOf } from './policy.js';
import { whereItFailed } from './failed-part.js';
import { observeFailedJob } from './quota/quota.js';
import { report } from './report.js';

/** A failure, and where it was observed. */
export interface Failure {
  error: unknown;
  answer?: Answer;
  policyOf: PolicyOf;
  handler?: Handler;
  host?: ArgumentsHost;
  transport: string;
  /** Sentry's mechanism type; default: `auto.<transport>.nestjs`. */
  mechanism?: string;
  /** An earlier failure of the same request. */
  before?: { error: unknown };
  /** Whether a job has failed for good: alerts count that, even if this failure is not reported. */
  isFinalOfJob?: boolean;
  /** Whether it may be reported. Default: true. */
  isReported?: boolean;
}

/**
 * Reports a failure of the running execution, unless it was expected or is not to be reported.
 *
 * @returns the id of the event, even if the failure was reported before
 */
export function reportUnlessExpected(failure: Failure): string | undefined {
  const { error, answer = {}, policyOf, handler, host, transport, mechanism, before, isReported = true } = failure;
  const verdict = judge(error, answer, transport, policyOf(handler), host);
  if (verdict.outcome !== 'ignored') ownExecution().failed = INTERNAL_ERROR;
  // A response to a GraphQL operation is a success even if the operation has failed.
  else if (transport === 'graphql')
    ownExecution().failed ??= graphqlSpanStatus(answer.status, verdict.error, answer.replacement?.error);
  if (verdict.outcome !== 'report') {
    if (isReported) stats.capture[verdict.outcome]++;
    return undefined;
  }
  if (failure.isFinalOfJob && hasObservers())
    observeFailedJob(new CaptureCandidate({ error: verdict.error, handled: false }));
  if (!isReported) return undefined;
  const original = 'original' in verdict && verdict.original !== undefined ? { error: verdict.original } : before;
  const context = original && original.error !== verdict.error ? originalError(original.error) : undefined;
  return whereItFailed(verdict.error, () =>
    report(verdict.error, { type: mechanism ?? `auto.${transport}.nestjs`, handled: false }, context),
  );
}
