import { graphqlCodeOf, graphqlStatusOf } from '../../capture/graphql-codes.js';
import { guarded } from '../../stats/stats.js';
import { decideByOperation } from './decide-trace.js';
import { judgeField, type OwnerOf } from './judge-field.js';
import { fragmentsOf, type ExecutionArguments, type Operation, type ResultError } from './operation.js';
import { judgeResult } from './result-errors.js';

interface RequestContext {
  errors?: readonly ResultError[];
  operation?: Operation;
  document?: ExecutionArguments['document'];
  /** Whether the request contains other operations. */
  requestIsBatched?: boolean;
  request: { variables?: unknown };
}

/**
 * An Apollo Server plugin that makes the sampling decision before an operation runs, and judges failures outside of
 * resolvers. It does not change responses.
 */
export function apolloPlugin(ownerOf: OwnerOf) {
  const judge = ({ error }: { error: unknown }) => {
    const owner = ownerOf();
    // Apollo Server responds with 500 and `INTERNAL_SERVER_ERROR`, unless it is a GraphQL error with its own.
    const isGraphqlError = (graphqlCodeOf(error) ?? graphqlStatusOf(error)) !== undefined;
    const status = isGraphqlError ? undefined : 500;
    if (owner) judgeField({ error, owner, status }, { tags: { kind: 'graphql' } });
    return Promise.resolve();
  };
  const listener = {
    didResolveOperation({ operation, document, requestIsBatched }: RequestContext): Promise<void> {
      const owner = ownerOf();
      if (owner && operation && document) {
        guarded('graphql-hooks', () => {
          decideByOperation(operation, fragmentsOf({ document }), owner, requestIsBatched === false);
        });
      }
      return Promise.resolve();
    },
    didEncounterErrors({ errors, operation, document, request }: RequestContext): Promise<void> {
      const owner = ownerOf();
      if (owner) {
        guarded('graphql-hooks', () => {
          const fragments = document ? fragmentsOf({ document }) : {};
          judgeResult(errors, { owner, operation, fragments, variables: request.variables, byGraphql: false });
        });
      }
      return Promise.resolve();
    },
  };
  return {
    requestDidStart: () => Promise.resolve(listener),
    contextCreationDidFail: judge,
    unexpectedErrorProcessingRequest: judge,
  };
}
