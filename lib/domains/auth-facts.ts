import { authErrorKind, messageOf, nameOf, readCode, readText } from '../grouping/index.js';
import type { FactReader } from './domain-rule.js';
import { firstInCauses } from './error-links.js';

const METHODS: readonly [pattern: RegExp, method: string][] = [
  [/^(?:TokenExpired|JsonWebToken|NotBefore)Error$|^ERR_J(?:WT|WS|WE|WK|WKS|OSE)_|^UnauthorizedError$/, 'jwt'],
  [/^(?:InternalOAuth|Token|Authorization)Error$/, 'oauth'],
];
/** The part after jsonwebtoken's reason, which may contain anything: `jwt audience invalid. expected: …`. */
const EXPECTED = /[.:]\s.*$/s;

/** Reads errors of jsonwebtoken, jose, express-jwt and passport, and those that Nest answers with 401 or 403. */
export const authFacts: FactReader = (error) =>
  firstInCauses(error, (link) => {
    const kind = authErrorKind(link);
    if (kind === undefined) return undefined;
    return {
      method: METHODS.find(([pattern]) => pattern.test(kind) || pattern.test(nameOf(link) ?? ''))?.[1],
      reason: reasonOf(link, kind),
      code: readCode(link),
      claim: readText(link, 'claim'), // jose
    };
  });

function reasonOf(error: unknown, kind: string): string {
  if (kind === 'TokenExpiredError' || kind === 'ERR_JWT_EXPIRED') return 'token expired';
  if (kind === 'NotBeforeError') return 'token not active';
  if (kind === 'JsonWebTokenError') return messageOf(error).replace(EXPECTED, '') || kind;
  return kind;
}
