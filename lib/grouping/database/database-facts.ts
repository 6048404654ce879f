import type { DatabaseFacts, DriverFacts } from './driver-facts.js';
import { messageOf, read, readText } from '../error-shape.js';
import { dialectOf } from '../sql-tokens.js';
import { normalizeStatement } from '../sql-statement.js';
import { statementFacts } from '../statement-facts.js';
import { connectionFacts } from './connection.js';
import { mongoFacts } from './mongo.js';
import { mysqlFacts } from './mysql.js';
import { poolFacts } from './pool.js';
import { postgresFacts } from './postgres.js';
import { prismaFacts } from './prisma.js';
import { redisFacts } from './redis.js';
import { sqliteFacts } from './sqlite.js';
import { withStatement } from './statement-in-message.js';
import { typeOrmFacts } from './typeorm.js';

/** Reads the errors of one driver; returns undefined for others. */
type DriverReader = (error: unknown, system?: string) => DriverFacts | undefined;

const READERS: DriverReader[] = [
  prismaFacts,
  sqliteFacts,
  postgresFacts,
  mysqlFacts,
  mongoFacts,
  redisFacts,
  typeOrmFacts,
  poolFacts,
  connectionFacts,
];
/** Properties in which libraries keep the driver's error: TypeORM, Objection, Sequelize, knex-likes, MikroORM. */
const WRAPPED = ['driverError', 'nativeError', 'parent', 'original', 'originalError', 'previous'];
const STATEMENTS = ['query', 'sql', 'internalQuery'];
/** The MariaDB connector appends the values to the statement. */
const PARAMETERS = / - parameters:[[{].*$/s;
const MAX_READ_LENGTH = 8_000;
const MAX_KEPT_LENGTH = 1_000;
const MAX_LAYERS = 5;

/**
 * Reads a database error of any supported driver or ORM; undefined for any other error. Errors are recognized by shape: no
 * driver is imported.
 *
 * @param statement the running statement, for drivers whose errors do not carry it
 * @param system the database that was asked, for errors of connections, which do not tell
 */
export function databaseFacts(error: unknown, statement?: string, system?: string): DatabaseFacts | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const layers = layersOf(error);
  for (const layer of layers.toReversed()) {
    for (const readFacts of READERS) {
      const facts = readFacts(layer, system);
      if (facts) return complete(facts, statementOf(layers) ?? statement, system);
    }
  }
  return undefined;
}

function layersOf(error: object): object[] {
  const layers = [error];
  for (let layer: object | undefined = error; layer && layers.length < MAX_LAYERS;) {
    const wrapper: object = layer;
    // A `cause` is the driver's error only if the wrapper carries a statement (Drizzle).
    const keys = readText(wrapper, 'query') === undefined ? WRAPPED : [...WRAPPED, 'cause'];
    layer = keys.map((key) => read(wrapper, key)).find((inner) => isOther(inner, layers));
    if (layer) layers.push(layer);
  }
  return layers;
}

function isOther(value: unknown, layers: object[]): value is object {
  return typeof value === 'object' && value !== null && !layers.includes(value);
}

function statementOf(layers: object[]): string | undefined {
  for (const layer of layers) {
    for (const key of STATEMENTS) {
      const statement = readText(layer, key);
      if (statement !== undefined) return statement;
    }
  }
  return withStatement(messageOf(layers.at(0)).slice(0, MAX_READ_LENGTH))?.statement;
}

function complete(
  { column, method, ...facts }: DriverFacts,
  statement: string | undefined,
  system: string | undefined,
): DatabaseFacts {
  const known: DatabaseFacts = facts;
  if (statement !== undefined) {
    const sql = statement.slice(0, MAX_READ_LENGTH).replace(PARAMETERS, '');
    const dialect = dialectOf(facts.system) ?? dialectOf(system);
    const { operation, table } = statementFacts(sql, dialect);
    known.operation ??= operation;
    known.table ??= table;
    known.statement = normalizeStatement(sql, dialect).slice(0, MAX_KEPT_LENGTH);
  }
  known.operation ??= method;
  // Columns are unique only within their table, and every MySQL table has a key named PRIMARY.
  const own = known.constraint === 'PRIMARY' ? known.constraint : known.constraint === undefined ? column : undefined;
  if (own !== undefined) known.constraint = known.table === undefined ? own : `${known.table}.${own}`;
  return known;
}
