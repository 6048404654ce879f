import { nameOf, readCode, readNumber, readText } from '../error-shape.js';
import { normalizeStatement } from '../sql-statement.js';
import type { DriverFacts } from './driver-facts.js';
import { driverMessage } from './statement-in-message.js';

const CONSTRAINT = /(UNIQUE|NOT NULL|CHECK|FOREIGN KEY|PRIMARY KEY) constraint failed(?:: ([^\n]+))?/;
const MAX_CHECK_LENGTH = 1_000;
const MISSING_TABLE = /no such table: (?:\w+\.)?([\w$]+)/;
const MISSING_COLUMN = /(?:no such column: |has no column named )([\w$.]+)/;
/** Messages of SQLite that others do not have. Source: `sqlite3ErrorMsg` in its parser, code generator and engine. */
const OTHERS =
  /^(?:near "[^]{0,1000}": syntax error|incomplete input|unrecognized token: "|cannot (?:start a transaction within|commit|rollback) |database (?:table |schema )?is locked|database disk image is malformed|attempt to write a readonly database|ambiguous column name: |no such (?:function|index|savepoint|collation sequence|module|view|trigger): |(?:table|index|view|trigger) \S+ already exists|table \S+ has \d+ columns? but \d+ values? (?:was|were) supplied|\d+ values for \d+ columns|wrong number of arguments to function |misuse of (?:aggregate|window function)|datatype mismatch|too many SQL variables|duplicate column name: |foreign key mismatch - )/;
const NAMES = new Set(['SqliteError', 'SQLiteError', 'LibsqlError']);

/**
 * better-sqlite3, sqlite3, node:sqlite, libsql and sql.js. SQLite names no constraint, so the columns are used. Errors of
 * sql.js have neither a name nor a code, only their messages.
 */
export function sqliteFacts(error: unknown): DriverFacts | undefined {
  const code = readText(error, 'code');
  const message = driverMessage(error);
  const violated = CONSTRAINT.exec(message);
  const isSqlite =
    code?.startsWith('SQLITE_') === true || code === 'ERR_SQLITE_ERROR' || NAMES.has(nameOf(error) ?? '');
  if (!isSqlite && !(code === undefined && isBareMessage(message))) return undefined;
  return { system: 'sqlite', code: codeOf(error, code, violated?.[1]), ...names(message, violated) };
}

function isBareMessage(message: string): boolean {
  const found = CONSTRAINT.exec(message) ?? MISSING_TABLE.exec(message) ?? MISSING_COLUMN.exec(message);
  return found?.index === 0 || OTHERS.test(message);
}

/** The extended code of the driver; if it has only the basic code or none, the one derived from the message. */
function codeOf(error: unknown, code: string | undefined, violated: string | undefined): string | undefined {
  const extended = violated && `SQLITE_CONSTRAINT_${violated.replace(' KEY', 'KEY').replace(' ', '')}`;
  if (code?.startsWith('SQLITE_')) return code === 'SQLITE_CONSTRAINT' ? (extended ?? code) : code;
  if (extended) return extended;
  const number = readNumber(error, 'errcode');
  return number === undefined ? 'SQLITE_ERROR' : (readCode(error, 'errstr') ?? String(number));
}

function names(message: string, violated: RegExpExecArray | null): DriverFacts {
  const named = violated?.[2]?.trim();
  // An unnamed CHECK reports its expression, which may contain values.
  if (named !== undefined && violated?.[1] === 'CHECK')
    return { constraint: normalizeStatement(named.slice(0, MAX_CHECK_LENGTH), 'sqlite') };
  if (named !== undefined)
    return { constraint: named, table: named.includes('.') ? named.split('.', 1)[0] : undefined };
  const table = MISSING_TABLE.exec(message)?.[1];
  return table === undefined ? { column: MISSING_COLUMN.exec(message)?.[1] } : { table };
}
