import type { TrackedApplication } from '../../capture/application-registry.js';
import { decideTrace, type KnownOperation } from '../../client/deferred-sampling.js';
import { currentExecution } from '../../context/execution.js';
import { GraphqlOperations } from '../../context/graphql-operations.js';
import { operationName } from './field-context.js';
import { rootFields, type Fragments, type Operation } from './operation.js';

export function operationsOf({ context }: TrackedApplication): GraphqlOperations {
  return (context.graphql ??= new GraphqlOperations());
}

/** The names of an operation that patterns can match: one for each root field, and its own name. */
export function samplingOf(
  operation: Operation,
  fragments: Fragments,
  owner: TrackedApplication,
): Pick<KnownOperation, 'names' | 'critical'> {
  const called = (name: string) => operationName(operation, name);
  const fields = [...rootFields(operation, fragments)].flatMap(({ name }) => name?.value ?? []).map(called);
  const own = operation.name?.value;
  const operations = operationsOf(owner);
  return {
    names: [...new Set(own === undefined ? fields : [...fields, called(own)])],
    critical: fields.some((name) => operations.isCritical(name)),
  };
}

/**
 * Makes the sampling decision for an operation if the trace of its request has deferred it.
 *
 * @param isOnly - whether the request cannot contain another operation
 */
export function decideByOperation(
  operation: Operation,
  fragments: Fragments,
  owner: TrackedApplication,
  isOnly: boolean,
): void {
  decideTrace(currentExecution().span, () => ({ ...samplingOf(operation, fragments, owner), isOnly }));
}
