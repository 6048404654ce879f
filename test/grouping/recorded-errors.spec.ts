import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileGrouping, databaseFacts } from '../../lib/grouping/index.js';

interface Recorded {
  title: string;
  /** Names of the error's class and its base classes. */
  types: string[];
  error: Record<string, unknown>;
}

/**
 * What real PostgreSQL, MariaDB, Redis and HTTP servers and real libraries made their drivers throw, recorded with its
 * properties; the part before the colon of a title says which versions. Values in it are those of the test data.
 */
const recorded = JSON.parse(readFileSync(join(__dirname, 'recorded-errors.json'), 'utf8')) as Recorded[];

function revive({ types, error }: Recorded): Error {
  const prototype = types.reduceRight<object>((base, name) => {
    return Object.create(base, { constructor: { value: { name } } }) as object;
  }, Error.prototype);
  return Object.assign(Object.create(prototype) as Error, error);
}

const WRONG_TYPE = 'WRONGTYPE Operation against a key holding the wrong kind of value';
const mariadb: Record<string, string[]> = {
  unique: ['database', 'INSERT', 'ER_DUP_ENTRY', 'email_unique'],
  'primary key': ['database', 'INSERT', 'ER_DUP_ENTRY', 'customer.PRIMARY'],
  'not null': ['database', 'INSERT', 'ER_BAD_NULL_ERROR', 'customer.email'],
  check: ['database', 'INSERT', 'ER_CONSTRAINT_FAILED', 'adult'],
  'foreign key': ['database', 'INSERT', 'ER_NO_REFERENCED_ROW_2', 'fk_customer'],
  'missing table': ['database', 'SELECT', 'ER_NO_SUCH_TABLE', 'ordres'],
  'missing column': ['database', 'SELECT', 'ER_BAD_FIELD_ERROR', 'customer.emial'],
  'too long': ['database', 'INSERT', 'ER_DATA_TOO_LONG', 'customer.email'],
  syntax: ['database', 'SELEC', 'ER_PARSE_ERROR', 'SELEC ?'],
  'access denied': [
    'database',
    'QUERY',
    'ER_ACCESS_DENIED_ERROR',
    "Access denied for user '<value>'@'<value>' (using password: YES)",
  ],
};

/** By library and action. pg does not report the statement, so its operation is `QUERY`. */
const EXPECTED: Record<string, Record<string, string[]>> = {
  pg: {
    unique: ['database', 'QUERY', '23505', 'customer_email_key'],
    'unique again': ['database', 'QUERY', '23505', 'customer_pkey'],
    'not null': ['database', 'QUERY', '23502', 'customer.email'],
    check: ['database', 'QUERY', '23514', 'customer_age_check'],
    'foreign key': ['database', 'QUERY', '23503', 'orders_customer_id_fkey'],
    'missing table': ['database', 'QUERY', '42P01', 'ordres'],
    'missing column': ['database', 'QUERY', '42703', 'emial'],
    syntax: ['database', 'QUERY', '42601', 'syntax error at or near "<value>"'],
    'invalid number': ['database', 'QUERY', '22P02', 'invalid input syntax for type integer: "<value>"'],
    'statement timeout': ['database', 'QUERY', '57014', 'canceling statement due to statement timeout'],
    division: ['database', 'QUERY', '22012', 'division by zero'],
    refused: ['externalApi', '127.0.0.1:54390', 'connect', 'ECONNREFUSED'],
    'wrong database': ['database', 'CONNECT', '3D000', 'database "<value>" does not exist'],
    'pool timeout': ['database', 'CONNECT', 'pool_timeout', 'timeout exceeded when trying to connect'],
  },
  typeorm: {
    unique: ['database', 'INSERT', '23505', 'customer_email_key'],
    'missing column': ['database', 'SELECT', '42703', 'customer.emial'],
    division: ['database', 'SELECT', '22012', 'customer'],
  },
  mysql2: mariadb,
  mariadb,
  'better-sqlite3': {
    unique: ['database', 'QUERY', 'SQLITE_CONSTRAINT_UNIQUE', 'customer.email'],
    'not null': ['database', 'QUERY', 'SQLITE_CONSTRAINT_NOTNULL', 'customer.email'],
    check: ['database', 'QUERY', 'SQLITE_CONSTRAINT_CHECK', 'age>?'],
    'missing table': ['database', 'QUERY', 'SQLITE_ERROR', 'ordres'],
  },
  ioredis: {
    'wrong type': ['database', 'LPUSH', 'WRONGTYPE', WRONG_TYPE],
    'wrong type of another key': ['database', 'LPUSH', 'WRONGTYPE', WRONG_TYPE],
    'unknown command': [
      'database',
      'NOPE',
      'ERR',
      "ERR unknown command '<value>', with args beginning with: '<value>' ",
    ],
    script: [
      'database',
      'EVAL',
      'ERR',
      'ERR Unknown Redis command called from script script: <hash>, on @user_script:<n>.',
    ],
    'no server': [
      'database',
      'CONNECT',
      'MaxRetriesPerRequestError',
      'Reached the max retries per request limit (which is <n>). Refer to "<value>" option for details.',
    ],
  },
  mongoose: {
    validation: ['database', 'VALIDATE', 'ValidationError', 'User.email'],
    'cast in a document': ['database', 'VALIDATE', 'ValidationError', 'User.age'],
    'cast in a query': ['database', 'CAST', 'CastError', '_id'],
    buffering: ['database', 'findOne', 'MongooseError', 'users'],
    'no server': ['database', 'CONNECT', 'MongooseServerSelectionError', 'connect ECONNREFUSED <ip>'],
  },
  axios: {
    '503': ['externalApi', '127.0.0.1:54999', 'GET /v1/charges/:id', '5xx'],
    '503 of another charge': ['externalApi', '127.0.0.1:54999', 'GET /v1/charges/:id', '5xx'],
    '429': ['externalApi', '127.0.0.1:54999', 'POST /v1/limit/:id', '4xx'],
    timeout: ['externalApi', '127.0.0.1:54999', 'GET /slow/:id', 'ECONNABORTED'],
    refused: ['externalApi', '127.0.0.1:54998', 'GET /x/:id', 'ECONNREFUSED'],
    'unknown host': ['externalApi', 'no-such-host.invalid', 'GET /x', 'ENOTFOUND'],
  },
  got: {
    '503': ['externalApi', '127.0.0.1:54999', 'GET /v1/charges/:id', '5xx'],
    refused: ['externalApi', '127.0.0.1:54998', 'GET /x/:id', 'ECONNREFUSED'],
    timeout: ['externalApi', '127.0.0.1:54999', 'GET /slow/:id', 'ETIMEDOUT'],
  },
  'node-fetch': { refused: ['externalApi', '127.0.0.1:54998', '/x/:id', 'ECONNREFUSED'] },
  undici: {
    'headers timeout': ['timeout', 'Shop.find'],
    refused: ['externalApi', '127.0.0.1:54998', 'connect', 'ECONNREFUSED'],
  },
  jose: {
    expired: ['auth', 'ERR_JWT_EXPIRED', 'Shop.find'],
    'wrong signature': ['auth', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED', 'Shop.find'],
  },
  'express-jwt': { 'no token': ['auth', 'credentials_required', 'Shop.find'] },
  joi: { 'two fields': ['validation', 'Shop.find'] },
  yup: { 'one field': ['validation', 'Shop.find'] },
};

describe('the error recorded with', () => {
  const group = compileGrouping(undefined, (where, fault) => {
    throw new Error(where, { cause: fault });
  });

  test.each(recorded.map((entry) => [entry.title, entry] as const))('%s', (title, entry) => {
    const [library = '', what = ''] = title.split(': ');
    const expected = EXPECTED[library.split(' ')[0] ?? '']?.[what];
    const event = { exceptionType: 'Error', handler: 'Shop.find', transaction: 'GET /u/1' };
    expect(expected).toBeDefined();
    expect(group({ error: revive(entry), event })).toEqual(expected);
  });

  test.each(['', 'x'.repeat(500_000)])('a constraint is found at both ends of a message', (values) => {
    const failure = 'UNIQUE constraint failed: customer.email';
    const before = Object.assign(new Error(`insert into customer values ${values} - ${failure}`), {
      code: 'SQLITE_CONSTRAINT',
    });
    const bare = new Error(`${failure}\n${values}`);
    expect([before, bare].map((error) => databaseFacts(error)?.constraint)).toEqual([
      'customer.email',
      'customer.email',
    ]);
  });

  test('facts of database errors contain no values', () => {
    const facts = recorded.map((entry) => databaseFacts(revive(entry))).filter((found) => found !== undefined);
    expect(facts.length).toBeGreaterThan(40);
    expect(JSON.stringify(facts)).not.toMatch(/example\.com|xxxxx|secret|user:1|\b99\b/);
  });
});
