import { applicationOf } from './application.js';
import { currentExecution } from './execution.js';
import type { GraphqlOperations } from './graphql-operations.js';

/** The request that is just starting, where it may bring GraphQL operations. */
export function operationsRequest(): GraphqlOperations | undefined {
  const execution = currentExecution();
  const { incoming, span } = execution;
  if (!incoming || span) return undefined;
  const { graphql } = applicationOf(execution);
  const [path = '/'] = (incoming.url ?? '/').split('?', 1);
  return graphql?.isServedAt(path) ? graphql : undefined;
}
