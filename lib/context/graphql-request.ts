import { applicationOf } from './applications.js';
import { currentExecution } from './execution.js';
import type { GraphqlOperations } from './graphql-operations.js';

/** The GraphQL operations of the application, if the request that is starting may contain some. */
export function operationsRequest(): GraphqlOperations | undefined {
  const execution = currentExecution();
  const { incoming, span } = execution;
  if (!incoming || span) return undefined;
  const { graphql } = applicationOf(execution);
  const [path = '/'] = (incoming.url ?? '/').split('?', 1);
  return graphql?.isServedAt(path) ? graphql : undefined;
}
