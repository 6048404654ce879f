import { getSpanStatusFromHttpCode } from '@sentry/nestjs';
import { INTERNAL_ERROR } from '../client/span-status.js';
import { statusOf } from './error-status.js';

/**
 * The HTTP status of each extension code of a GraphQL client error: the codes that Apollo Server sets for requests that
 * cannot be parsed, validated, resolved or found, and the codes to which `@nestjs/apollo` maps 400, 401, 403 and 422.
 */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400,
  BAD_USER_INPUT: 422,
  FORBIDDEN: 403,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  OPERATION_RESOLUTION_FAILURE: 400,
  PERSISTED_QUERY_NOT_FOUND: 404,
  PERSISTED_QUERY_NOT_SUPPORTED: 400,
  UNAUTHENTICATED: 401,
};

/** Extension codes of GraphQL client errors. */
export const CLIENT_CODES: readonly string[] = Object.keys(STATUS_OF_CODE);

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

/**
 * The span status of an operation that failed as expected: that of its HTTP response, or of one with the status or the
 * code of the first error that has one.
 */
export function graphqlSpanStatus(answered: number | undefined, ...errors: unknown[]): string {
  for (const error of errors) {
    const status = answered ?? statusOf(error) ?? graphqlStatusOf(error) ?? statusOfCode(graphqlCodeOf(error));
    const { message } = status === undefined ? {} : getSpanStatusFromHttpCode(status);
    if (message) return message;
  }
  return INTERNAL_ERROR;
}

const statusOfCode = (code = ''): number | undefined =>
  Object.hasOwn(STATUS_OF_CODE, code) ? STATUS_OF_CODE[code] : undefined;

function extensionsOf(error: unknown): Record<string, unknown> | undefined {
  try {
    const { extensions } = (error ?? {}) as { extensions?: unknown };
    return typeof extensions === 'object' && extensions !== null ? (extensions as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // errors whose getters throw have no extensions
  }
}
