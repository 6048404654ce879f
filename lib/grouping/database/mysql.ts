import { nameOf, readCode, readNumber, readText } from '../error-shape.js';
import type { DriverFacts } from './driver-facts.js';
import { driverMessage } from './statement-in-message.js';

/** After the last `for key`: the duplicate value before it can contain anything. */
const KEY = /for key '([^']+)'$/;
const FOREIGN_KEY = /\((?:`[^`]*`\.)?`([^`]+)`, CONSTRAINT `([^`]+)` FOREIGN KEY/;
const CHECK = /(?:Check constraint '([^']+)' is violated|CONSTRAINT `([^`]+)` failed for (?:`[^`]*`\.)?`([^`]+)`)/;
const COLUMN =
  /^(?:Unknown column|Column|Field) '([^']+)'|^(?:Data too long|Out of range value|Data truncated) for column '([^']+)'/;
const TABLE = /^Table '(?:[^'.]+\.)?([^'.]+)' doesn't exist/;

/** MariaDB's number of a violated CHECK, for which mysql2 knows a name of MySQL only. */
const CONSTRAINT_FAILED = 4025;

/** mysql and mysql2, whose pools give errors without a code. */
const POOL = /^(?:Queue limit reached|No connections available)\.$/;

/** mysql, mysql2 and the MariaDB connector. Names appear in messages only, in the format of MySQL 8 and MariaDB. */
export function mysqlFacts(error: unknown): DriverFacts | undefined {
  const code = readCode(error);
  if (code === undefined && POOL.test(driverMessage(error)))
    return { system: 'mysql', operation: 'CONNECT', code: 'pool_limit' };
  const isConnector = nameOf(error) === 'SqlError' && readNumber(error, 'errno') !== undefined;
  const isServerError = readText(error, 'sqlState') !== undefined && readNumber(error, 'errno') !== undefined;
  if (!isConnector && !isServerError && !/^(?:ER_|PROTOCOL_)/.test(code ?? '')) return undefined;
  const system = isConnector ? 'mariadb' : 'mysql';
  const message = readText(error, 'sqlMessage') ?? driverMessage(error);
  const isMariaDbCheck = readNumber(error, 'errno') === CONSTRAINT_FAILED && message.startsWith('CONSTRAINT ');
  return {
    system,
    code: isMariaDbCheck ? 'ER_CONSTRAINT_FAILED' : (code ?? readCode(error, 'errno')),
    ...names(message),
  };
}

function names(message: string): DriverFacts {
  const key = KEY.exec(message.trimEnd())?.[1];
  // MySQL 8 puts the table before the key, MariaDB does not.
  if (key !== undefined) {
    const [table, name] = key.includes('.') ? key.split('.', 2) : [undefined, key];
    return { table, constraint: name };
  }
  const foreign = FOREIGN_KEY.exec(message);
  if (foreign) return { table: foreign[1], constraint: foreign[2] };
  const check = CHECK.exec(message);
  if (check) return { table: check[3], constraint: check[1] ?? check[2] };
  const table = TABLE.exec(message)?.[1];
  if (table !== undefined) return { table };
  const column = COLUMN.exec(message);
  return { column: column?.[1] ?? column?.[2] };
}
