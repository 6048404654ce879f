import type { IncomingMessage } from 'node:http';
import { applicationOf } from './applications.js';
import { currentExecution, type Execution } from './execution.js';
import type { GraphqlOperations } from './graphql-operations.js';

/** The GraphQL operations of the application, if a request may contain some: by default the one that is starting. */
export function operationsRequest(request?: IncomingMessage): GraphqlOperations | undefined {
  const execution: Pick<Execution, 'incoming' | 'span'> = request ? { incoming: request } : currentExecution();
  const { incoming, span } = execution;
  if (!incoming || span) return undefined;
  const { graphql } = applicationOf(execution);
  const [path = '/'] = (incoming.url ?? '/').split('?', 1);
  return graphql?.isServedAt(path) ? graphql : undefined;
}
