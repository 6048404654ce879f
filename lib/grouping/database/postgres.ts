import { nameOf, read, readText } from '../error-shape.js';
import type { DriverFacts } from './driver-facts.js';
import { driverMessage } from './statement-in-message.js';

const SQLSTATE = /^[0-9A-Z]{5}$/;
/** Connection, authorisation, catalogue name, too many connections. */
const BEFORE_ANY_STATEMENT = /^(?:08...|28...|3D000|53300|57P0[1-3])$/;
const MISSING_TABLE = /^relation "([^"]+)"/;
const MISSING_COLUMN = /^column "?([^"\s]+)"? (?:of relation "([^"]+)" )?does not exist/;
/** Errors of pg and pg-pool without a code, since they never reached the server. */
const CONNECTION: Array<[RegExp, string]> = [
  [/^timeout exceeded when trying to connect$/, 'pool_timeout'],
  [/^Connection terminated due to connection timeout$/, 'connection_timeout'],
  [/^Connection terminated(?: unexpectedly)?$/, 'connection_terminated'],
  [/^Query read timeout$/, 'query_timeout'],
];

/** Codes of postgres.js. Source: its README, "Errors". */
const POSTGRES_JS = new Set(['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'CONNECTION_ENDED', 'CONNECT_TIMEOUT']);

/** pg and postgres.js: the fields of PostgreSQL's error message. Source: PostgreSQL documentation, "Error and Notice Message Fields". */
export function postgresFacts(error: unknown): DriverFacts | undefined {
  const code = readText(error, 'code');
  const message = driverMessage(error);
  if (code === undefined) return connection(message);
  if (POSTGRES_JS.has(code) && message.startsWith(`write ${code}`))
    return { system: 'postgresql', operation: 'CONNECT', code };
  if (!SQLSTATE.test(code)) return undefined;
  const isServerError = readText(error, 'severity') !== undefined && read(error, 'routine') !== undefined;
  if (!isServerError && nameOf(error) !== 'PostgresError') return undefined;

  const missing = code === '42703' ? MISSING_COLUMN.exec(message) : null;
  return {
    system: 'postgresql',
    operation: BEFORE_ANY_STATEMENT.test(code) ? 'CONNECT' : undefined,
    code,
    constraint: readText(error, 'constraint') ?? readText(error, 'constraint_name'),
    table:
      readText(error, 'table') ?? readText(error, 'table_name') ?? MISSING_TABLE.exec(message)?.[1] ?? missing?.[2],
    column: readText(error, 'column') ?? readText(error, 'column_name') ?? missing?.[1],
  };
}

function connection(message: string): DriverFacts | undefined {
  const known = CONNECTION.find(([expression]) => expression.test(message));
  return known && { system: 'postgresql', operation: 'CONNECT', code: known[1] };
}
