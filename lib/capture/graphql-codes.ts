/**
 * Extension codes that stand for errors of a GraphQL client: those that Apollo Server gives by itself to requests that
 * cannot be parsed, validated, resolved or found, and those that `@nestjs/apollo` makes of 400, 401, 403 and 422.
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

/** `extensions.code` of an error, read off its shape. */
export function graphqlCodeOf(error: unknown): string | undefined {
  const code = extensionsOf(error)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** The HTTP status that a GraphQL error asks for: Apollo Server reads `extensions.http.status`. */
export function graphqlStatusOf(error: unknown): number | undefined {
  try {
    const status = (extensionsOf(error)?.http as { status?: unknown } | undefined)?.status;
    return typeof status === 'number' && status >= 400 && status <= 599 ? status : undefined;
  } catch {
    return undefined; // a hostile error asks for nothing
  }
}

function extensionsOf(error: unknown): Record<string, unknown> | undefined {
  try {
    const { extensions } = (error ?? {}) as { extensions?: unknown };
    return typeof extensions === 'object' && extensions !== null ? (extensions as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // a hostile getter hides them
  }
}
