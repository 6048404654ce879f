import { dialectOf, normalizeStatement } from '../grouping/index.js';
import { processWide } from '../process-state/process-wide.js';

/** A statement without its values. */
export interface Statement {
  readonly text: string;
  /** Whether it only begins, ends or divides a transaction. */
  readonly isTransactionControl: boolean;
}

/** What is read of a statement: the rest of a long one is mostly values. */
const MAX_READ_LENGTH = 8_000;
const MAX_KEPT_LENGTH = 1_000;
const MAX_CACHED_LENGTH = 4_000;
const MAX_CACHED = 500;

const TRANSACTION_CONTROL = /^(?:begin|commit|rollback|savepoint|release|end|(?:start|set|abort) transaction)\b/i;

interface Cached extends Statement {
  readonly system: string | undefined;
}
const cache = processWide('statements', () => new Map<string, Cached>());

/** Removes the values of a statement. Applications repeat few statements, so most of them are known already. */
export function statementOf(sql: string, system: string | undefined): Statement {
  if (sql.length > MAX_CACHED_LENGTH) return compile(sql, system);
  const known = cache.get(sql);
  if (known && known.system === system) return known;
  const statement = { ...compile(sql, system), system };
  const [oldest] = cache.keys();
  if (cache.size >= MAX_CACHED && oldest !== undefined) cache.delete(oldest);
  cache.set(sql, statement);
  return statement;
}

function compile(sql: string, system: string | undefined): Statement {
  const text = normalizeStatement(sql.slice(0, MAX_READ_LENGTH), dialectOf(system)).slice(0, MAX_KEPT_LENGTH);
  return { text, isTransactionControl: TRANSACTION_CONTROL.test(text) };
}
