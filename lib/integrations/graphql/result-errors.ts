import type { TrackedApplication } from '../../capture/application-registry.js';
import { markJudged } from '../../capture/judged-failures.js';
import { graphqlCodeOf } from '../../capture/graphql-codes.js';
import { ownExecution } from '../../context/execution.js';
import { stats } from '../../stats/stats.js';
import { contextOfPath } from './field-context.js';
import { judgeField } from './judge-field.js';
import type { Fragments, Operation, ResultError } from './operation.js';

export interface ResultFacts {
  owner: TrackedApplication;
  operation?: Operation;
  fragments: Fragments;
  variables?: unknown;
  /** Whether graphql itself created the result, not a server around it. */
  byGraphql: boolean;
}

/**
 * Judges the errors in the result of an execution that did not come from a resolver: values that a type cannot
 * represent, promises in lists and properties that reject, and requests that could not be executed.
 */
export function judgeResult(errors: readonly ResultError[] | undefined, facts: ResultFacts): void {
  for (const error of errors ?? []) {
    if (isRequestError(error, facts)) {
      stats.capture.ignored++;
      ownExecution().failed ??= 'invalid_argument';
      markJudged(error);
      continue;
    }
    const place = contextOfPath(error.path, facts.operation, facts.fragments, facts.variables);
    judgeField({ error: thrownOf(error), replacement: { error }, owner: facts.owner }, place);
  }
}

/** Errors of a request that cannot be executed have no path; Apollo Server adds a code to them. */
function isRequestError(error: ResultError, { byGraphql }: ResultFacts): boolean {
  if (error.path !== undefined || graphqlCodeOf(error) !== undefined) return false;
  return byGraphql || thrownOf(error) === error;
}

/** The value that a resolver threw: GraphQL wraps it, and wraps non-errors twice. */
function thrownOf(error: ResultError): unknown {
  const { originalError } = error;
  if (originalError === undefined || originalError === null) return error;
  if ((originalError as Error).name === 'NonErrorThrown' && 'thrownValue' in Object(originalError)) {
    return (originalError as { thrownValue: unknown }).thrownValue;
  }
  return originalError;
}
