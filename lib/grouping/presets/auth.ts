import { httpExceptionStatus, nameOf, read, readNumber, readText } from '../error-shape.js';
import { handlerOf, type GroupingEvent, type Preset } from '../grouping-event.js';

const TOKEN_ERRORS = new Set(['TokenExpiredError', 'JsonWebTokenError', 'NotBeforeError', 'InternalOAuthError']);
const TOKEN_CODES = /^ERR_(?:JWT|JWS|JWE|JWK|JWKS|JOSE)_/;
/** express-jwt */
const JWT_CODES = new Set([
  'credentials_required',
  'credentials_bad_scheme',
  'credentials_bad_format',
  'invalid_token',
  'revoked_token',
]);

/** `['auth', kind, handler]`: jsonwebtoken, jose, express-jwt, passport, and 401 or 403 as an exception of Nest. */
export const authPreset: Preset = (error, event: GroupingEvent) => {
  const kind = authErrorKind(error);
  const handler = kind === undefined ? undefined : handlerOf(event);
  return kind === undefined || handler === undefined ? undefined : ['auth', kind, handler];
};

/** The type of an authentication error, by its shape; undefined for any other error. */
export function authErrorKind(error: unknown): string | undefined {
  const name = nameOf(error);
  const code = readText(error, 'code');
  if (name !== undefined && TOKEN_ERRORS.has(name)) return name;
  if (code !== undefined && TOKEN_CODES.test(code)) return code;
  if (name === 'UnauthorizedError' && code !== undefined && JWT_CODES.has(code)) return code;
  if (name === 'AuthenticationError' && readNumber(error, 'status') === 401) return name; // passport
  if (readText(read(error, 'extensions'), 'code') === 'UNAUTHENTICATED') return 'UNAUTHENTICATED';
  const status = httpExceptionStatus(error);
  return status === 401 || status === 403 ? (name ?? String(status)) : undefined;
}
