/**
 * Extension codes of GraphQL client errors: the codes that Apollo Server sets for requests that cannot be parsed,
 * validated, resolved or found, and the codes to which `@nestjs/apollo` maps 400, 401, 403 and 422.
 */
export const CLIENT_CODES: readonly string[] = [
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'UNAUTHENTICATED',
];

/** The `extensions.code` of an error, if it is a string. */
export function graphqlCodeOf(error: unknown): string | undefined {
  const code = extensionsOf(error)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** The HTTP status that a GraphQL error requests: Apollo Server reads `extensions.http.status`. */
export function graphqlStatusOf(error: unknown): number | undefined {
  try {
    const status = (extensionsOf(error)?.http as { status?: unknown } | undefined)?.status;
    return typeof status === 'number' && status >= 400 && status <= 599 ? status : undefined;
  } catch {
    return undefined; // errors whose getters throw request no status
  }
}

function extensionsOf(error: unknown): Record<string, unknown> | undefined {
  try {
    const { extensions } = (error ?? {}) as { extensions?: unknown };
    return typeof extensions === 'object' && extensions !== null ? (extensions as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // errors whose getters throw have no extensions
  }
}
