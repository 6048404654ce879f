import { read, readText } from '../error-shape.js';
import { normalizeStatement } from '../sql-statement.js';
import { dialectOf } from '../sql-tokens.js';
import {
  DETAIL,
  isStatement,
  withoutCutStatement,
  withoutQuotedStatement,
  withStatement,
} from './statement-in-message.js';

/** What is read of a message: a longer one contains a statement, or a value. */
const MAX_LENGTH = 8_000;
const MAX_STATEMENT_LENGTH = 1_000;
const STATEMENTS = ['query', 'sql'];
const WRAPPED = ['driverError', 'nativeError', 'parent', 'original', 'previous', 'cause'];

/** How the details of PostgreSQL's errors go on after a key. */
const AFTER_KEY =
  /\)(?= (?:already exists|is not present in table|is still referenced from|is duplicated|conflicts with))/;
const FAILING_ROW = 'Failing row contains (';
/** The parts of messages that are values, by what surrounds them. */
const VALUES: ReadonlyArray<readonly [pattern: RegExp, replacement: string]> = [
  // PostgreSQL: `invalid input syntax for type uuid: "x"`, `Key (email)=(x) already exists.`
  [/^([^"]{1,200}(?:"[^"]{0,100}"[^"]{0,100})?: )"[\s\S]*"$/, '$1?'],
  [/(\b(?:value|time zone) )"[\s\S]*"(?= (?:is out of range for type |for "|not recognized))/, '$1?'],
  [/\)=\([\s\S]*?\)(?=[ .]|$)/g, ')=(?)'],
  [/(\bFailing row contains )\([\s\S]*\)/, '$1(?)'],
  // MySQL and MariaDB
  [/(\bDuplicate entry )'[\s\S]*'(?= for key ')/, '$1?'],
  [/(\b(?:incorrect [\w ]{1,40}|wrong) value: )'[\s\S]*?'(?= for (?:column|function) |$)/i, '$1?'],
  [/(\b(?:character string|time zone): )'[\s\S]*'/i, '$1?'],
  [/(\bIllegal double )'[\s\S]*'(?= value found)/, '$1?'],
  [/(\bvalue is out of range in )'[\s\S]*'/, '$1?'],
  [/(\bnear )'[\s\S]*'(?= at line \d|\.$)/, '$1?'],
  // SQL Server
  [/(\bduplicate key value is )\([\s\S]*?\)(?=\.|$)/i, '$1(?)'],
  [/(\bwhen converting the \w{1,20} value )'[\s\S]*'(?= to )/i, '$1?'],
  [/(\bconversion of the \w{1,20} value )'[\s\S]*'(?= overflowed )/i, '$1?'],
  [/(\bTruncated value: )'[\s\S]*'/, '$1?'],
  [/(\bArithmetic overflow error [\w ]{1,80}, value = )[^\s]{1,100}(?=\.$)/, '$1?'],
  // Redis: `ERR unknown command 'FOO', with args beginning with: 'x' `
  [/(, with args beginning with:)[\s\S]*/, '$1 ?'],
  // MongoDB and mongoose
  [/(\bfailed for value )"[\s\S]*?"(?= \(type )/g, '$1?'],
  [/(^|[:,] )`[^`]*`(?= is not a valid enum value )/g, '$1?'],
  [/(\bPath `[^`]{1,200}` )\([\s\S]*?\)(?= is (?:shorter|longer|less|more) than )/g, '$1(?)'],
  [/(\bPath `[^`]{1,200}` is invalid )\([\s\S]*?\)(?=\.)/g, '$1(?)'],
  [/(\bNo matching document found for id )"[^"]*"/, '$1?'],
  [/(\bNo document found for query )"[\s\S]*"(?= on model ")/, '$1?'],
  // The criteria of TypeORM, and the parameters that Drizzle and the MariaDB connector append
  [/(\bany entity of type "[^"]{1,200}" matching: )[\s\S]*/, '$1?'],
  [/(\n| - )(params|parameters):[\s\S]*/, ''],
];
/** MongoDB: `dup key: { email: "x" }` */
const DUPLICATE_KEY = /(\bdup key: )\{([\s\S]*)\}/;
const FIELDS = /^ [\w.$]*: (?:"(?:[^"\\]|\\.)*"|[^,{}"]+)(?:, [\w.$]*: (?:"(?:[^"\\]|\\.)*"|[^,{}"]+))* ?$/;
const FIELD = /([\w.$]*: )(?:"(?:[^"\\]|\\.)*"|[^,{}"]+)(, )?/g;
/** The word at which a parser stopped may be a part of a value. */
const STOPPED_AT = /\b(near |unrecognized token: )"([\s\S]*?)(?:"(?=: syntax error|$)|$)/;
/** Prisma quotes the message of the driver. */
const RAW_QUERY = /(\bRaw query failed\. Code: `[^`\n]{0,40}`\. Message: `)([\s\S]*)(?=`)/;
const PRISMA = /^\s*(Invalid `[^`\n]{1,200}` invocation)[\s\S]*\n([^\n]+)\s*$/;

/** What is known of a failed query besides its error. */
export interface KnownQuery {
  /** Without values. */
  readonly statement?: string;
  /** As OpenTelemetry names the database. */
  readonly system?: string;
  /** Of the driver, with its values. */
  readonly message?: string;
}

/** The message of a database error without the values in it. Names of constraints, tables and columns stay. */
export function databaseMessage(error: object, message: string, known: KnownQuery = {}): string {
  const dialect = dialectOf(known.system);
  if (known.message && known.statement !== undefined && message.includes(` - ${known.message}`))
    return withoutDetailValues(withoutMessage(message, known.message, cleanMessage(known.message, known), known));
  let statement = known.statement ?? '';
  let text = withoutCutStatement(message, statement, dialect);
  for (const sql of statementsOf(error)) {
    statement ||= normalizeStatement(sql.slice(0, MAX_LENGTH), dialect).slice(0, MAX_STATEMENT_LENGTH);
    text = text.split(sql, 2).length > 1 ? text.replace(sql, () => statement) : text;
  }
  text = text.slice(0, MAX_LENGTH).replace(PRISMA, '$1: $2');
  const quoted = withStatement(text);
  if (quoted) {
    statement ||= normalizeStatement(quoted.statement, dialect).slice(0, MAX_STATEMENT_LENGTH);
    return [statement, withoutValues(quoted.message, statement)].filter(Boolean).join(' - ');
  }
  return withoutValues(text, statement);
}

/**
 * A text without the values in the message of a driver that it quotes, nor those of the statement that query builders such
 * as knex put before the message. A text that was cut may contain only the statement.
 *
 * @param clean - the message without its values
 */
export function withoutMessage(text: string, message: string, clean: string, known: KnownQuery): string {
  const { statement } = known;
  const parts = text.split(message);
  if (statement === undefined) return parts.join(clean);
  const dialect = dialectOf(known.system);
  const rest = withoutCutStatement(parts.pop() ?? '', statement, dialect);
  return [...parts.map((part) => withoutQuotedStatement(part, statement, dialect)), rest].join(clean);
}

/** Whether a message is that of a driver, as knex and MikroORM change it: after its statement, before details. */
export function isMessageOf(driver: string, message: string, known: KnownQuery): boolean {
  if (message === driver || message.startsWith(driver + DETAIL)) return true;
  const at = driver === '' ? -1 : message.indexOf(` - ${driver}`);
  if (at === -1 || known.statement === undefined) return false;
  return isStatement(message.slice(0, at), known.statement, dialectOf(known.system));
}

function cleanMessage(message: string, known: KnownQuery): string {
  return withoutValues(message.slice(0, MAX_LENGTH), known.statement ?? '');
}

/**
 * A text in which the application quotes the details of an error of PostgreSQL: `Key (email)=(x) already exists.`,
 * `Failing row contains (1, x).` Linear.
 */
export function withoutDetailValues(text: string): string {
  const [rest = '', ...rows] = text.split(FAILING_ROW);
  const keys = rest.split(')=(').reduce((before, part) => {
    const end = part.search(AFTER_KEY);
    return `${before})=(${end === -1 ? part : `?${part.slice(end)}`}`;
  });
  return rows.reduce((before, row) => {
    const end = row.lastIndexOf(')');
    return `${before}${FAILING_ROW}?${end === -1 ? '' : row.slice(end)}`;
  }, keys);
}

function withoutValues(message: string, statement: string): string {
  let text = message.replace(RAW_QUERY, (_all, before: string, own: string) => before + withoutValues(own, statement));
  for (const [pattern, replacement] of VALUES) text = text.replace(pattern, replacement);
  text = text.replace(DUPLICATE_KEY, (_all, before: string, fields: string) => `${before}{ ${fieldNames(fields)} }`);
  return text.replace(STOPPED_AT, (all, before: string, word: string) =>
    before === 'near ' && isWordOf(word, statement) ? all : `${before}?`,
  );
}

function fieldNames(fields: string): string {
  return FIELDS.test(fields) ? fields.trim().replace(FIELD, '$1?$2') : '?';
}

/** The statements that an error and the errors in it carry. */
function statementsOf(error: object): string[] {
  const statements: string[] = [];
  const layers = [error, ...WRAPPED.map((key) => read(error, key))];
  for (const layer of layers) {
    for (const key of STATEMENTS) {
      const statement = readText(layer, key);
      if (statement !== undefined && statement !== '' && !statements.includes(statement)) statements.push(statement);
    }
  }
  return statements;
}

function isWordOf(word: string, statement: string): boolean {
  return /^\w+$/.test(word) && statement.split(/\W+/).includes(word);
}
