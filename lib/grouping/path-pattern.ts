import { isIdentifier } from './identifier.js';

const ORIGIN = /^[a-z][a-z0-9+]{1,14}:\/\/[^/?#]*/i;

/**
 * The path with `:id` for each segment that identifies one of many: `/charges/ch_3Mq/refunds/7?x=1` becomes
 * `/charges/:id/refunds/:id`. Route parameters stay; host, query string, fragment and trailing slash go. Segments
 * without a digit or an `@` are taken for names. Linear and idempotent.
 */
export function pathPattern(path: string): string {
  let bare = path.startsWith('/') ? path : path.replace(ORIGIN, '');
  const end = bare.search(/[?#]/);
  if (end !== -1) bare = bare.slice(0, end);
  const segments = bare.split('/').filter((segment) => segment !== '');
  return `/${segments.map(segmentPattern).join('/')}`;
}

/** The name of a transaction with its path as a pattern: `GET /u/1` becomes `GET /u/:id`; other names stay. */
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
