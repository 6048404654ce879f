import { read, readNumber, readText } from '../error-shape.js';
import type { DatabaseFacts } from './driver-facts.js';

const SYSTEMS: Record<number, string> = { 5432: 'postgresql', 3306: 'mysql', 27017: 'mongodb', 6379: 'redis' };
const CODES = new Set(
  'ECONNREFUSED ECONNRESET ECONNABORTED ETIMEDOUT ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH EPIPE'.split(' '),
);

/**
 * A failed connection to a port known as that of a database.
 *
 * @param known - the database, if the driver was seen to fail
 */
export function connectionFacts(error: unknown, known?: string): DatabaseFacts | undefined {
  const errors = read(error, 'errors'); // an AggregateError: one error per address
  const first: unknown = Array.isArray(errors) ? errors[0] : error;
  const code = readText(error, 'code') ?? readText(first, 'code');
  const system = known ?? SYSTEMS[readNumber(first, 'port') ?? 0];
  if (system === undefined || code === undefined || !CODES.has(code)) return undefined;
  return { system, operation: 'CONNECT', code };
}
