import type { TrackedApplication } from '../../capture/application-registry.js';
import { markJudged, wasJudged } from '../../capture/judged-failures.js';
import { graphqlCodeOf } from '../../capture/graphql-codes.js';
import { ownExecution } from '../../context/execution.js';
import { stats } from '../../stats/stats.js';
import type { HandlerContext } from '../../context/handler-context.js';
import { contextOfPath } from './field-context.js';
import { judgeField } from './judge-field.js';
import type { Fragments, Operation, ResultError } from './operation.js';
import { rootHandler } from './root-handlers.js';

export interface ResultFacts {
  owner: TrackedApplication;
  operation?: Operation;
  fragments: Fragments;
  variables?: unknown;
  /** Whether graphql itself created the result, not a server around it. */
  byGraphql: boolean;
  /** Status of the HTTP response to a request that has failed before its operation was executed. */
  status?: number;
}

/** What graphql-jit drops if a resolver throws it: the error has no message then. */
const FALSY = [undefined, null, false, 0, ''];

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
    const place = placeOf(error, facts);
    if (error.message === '' && FALSY.some((value) => wasJudged(value, place.at))) continue;
    const status = error.path === undefined && (facts.status ?? 0) >= 400 ? facts.status : undefined;
    judgeField({ error: thrownOf(error), replacement: { error }, owner: facts.owner, status }, place);
  }
}

/** The execution knows the handler of one root field only, and several may have run. */
function placeOf({ path }: ResultError, { owner, operation, fragments, variables }: ResultFacts): HandlerContext {
  const place = contextOfPath(path, operation, fragments, variables);
  const handler = path && rootHandler(place.name ?? '', owner);
  return handler ? { ...place, handler } : place;
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
