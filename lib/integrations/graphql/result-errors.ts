import type { TrackedApplication } from '../../capture/application-registry.js';
import { markJudged } from '../../capture/judged-failures.js';
import { graphqlCodeOf } from '../../capture/graphql-codes.js';
import { stats } from '../../stats/stats.js';
import { contextOfPath } from './field-context.js';
import { judgeField } from './judge-field.js';
import type { Fragments, Operation, ResultError } from './operation.js';

export interface ResultFacts {
  owner: TrackedApplication;
  operation?: Operation;
  fragments: Fragments;
  variables?: unknown;
  /** Whether graphql itself made the result, rather than a server that processes requests around it. */
  byGraphql: boolean;
}

/**
 * Judges what the result of an execution names and no resolver has shown: values that a type cannot hold, promises in
 * lists and properties that reject, and requests that could not be executed.
 */
export function judgeResult(errors: readonly ResultError[] | undefined, facts: ResultFacts): void {
  for (const error of errors ?? []) {
    if (isRequestError(error, facts)) {
      stats.capture.ignored++;
      markJudged(error);
      continue;
    }
    const place = contextOfPath(error.path, facts.operation, facts.fragments, facts.variables);
    judgeField({ error: thrownOf(error), replacement: { error }, owner: facts.owner }, place);
  }
}

/** GraphQL says of a request that it cannot be executed without naming a field; Apollo Server adds a code to that. */
function isRequestError(error: ResultError, { byGraphql }: ResultFacts): boolean {
  if (error.path !== undefined || graphqlCodeOf(error) !== undefined) return false;
  return byGraphql || thrownOf(error) === error;
}

/** What a resolver has thrown: GraphQL wraps it, and wraps again what is no error. */
function thrownOf(error: ResultError): unknown {
  const { originalError } = error;
  if (originalError === undefined || originalError === null) return error;
  if ((originalError as Error).name === 'NonErrorThrown' && 'thrownValue' in Object(originalError)) {
    return (originalError as { thrownValue: unknown }).thrownValue;
  }
  return originalError;
}
