import { isIdentifier } from './identifier.js';

const ORIGIN = /^[a-z][a-z0-9+]{1,14}:\/\/[^/?#]*/i;

/**
 * Replaces each identifying segment of a path with `:id`: `/charges/ch_3Mq/refunds/7?x=1` becomes
 * `/charges/:id/refunds/:id`. Keeps route parameters; drops host, query string, fragment and trailing slash. Segments
 * without a digit or an `@` count as names. Linear and idempotent.
 */
export function pathPattern(path: string): string {
  let bare = path.startsWith('/') ? path : path.replace(ORIGIN, '');
  const end = bare.search(/[?#]/);
  if (end !== -1) bare = bare.slice(0, end);
  const segments = bare.split('/').filter((segment) => segment !== '');
  return `/${segments.map(segmentPattern).join('/')}`;
}

/** Replaces the path in a transaction name with its pattern: `GET /u/1` becomes `GET /u/:id`; keeps other names. */
export function transactionPattern(transaction: string): string {
  const slash = transaction.indexOf('/');
  if (slash === -1) return transaction;
  const before = transaction.slice(0, slash);
  return before === '' || /^[A-Z]+ $/.test(before) ? before + pathPattern(transaction.slice(slash)) : transaction;
}

function segmentPattern(segment: string): string {
  if (segment.startsWith(':') || segment.startsWith('{') || segment.startsWith('*')) return segment;
  return isIdentifier(segment) ? ':id' : segment;
}
