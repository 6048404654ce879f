import * as fc from 'fast-check';
import { isFull } from '../harness/scale';
import { normalizeStatement, statementFacts, type SqlDialect } from '../../lib/grouping/index.js';

const STATEMENTS: Array<[string, string, SqlDialect?]> = [
  ["SELECT * FROM users WHERE id = 42 AND email = 'a@b.c'", 'SELECT * FROM users WHERE id = ? AND email = ?'],
  [
    'SELECT "u"."id" AS "u_id" FROM "users" "u" WHERE "u"."id" = $1',
    'SELECT "u"."id" AS "u_id" FROM "users" "u" WHERE "u"."id" = ?',
  ],
  ['SELECT * FROM a WHERE id IN (1, -2, 3)', 'SELECT * FROM a WHERE id IN (?)'],
  ['SELECT * FROM a WHERE id in($1,$2)', 'SELECT * FROM a WHERE id in (?)'],
  ['SELECT * FROM a WHERE (x, y) IN ((1, 2), (3, 4))', 'SELECT * FROM a WHERE (x, y) IN (?)'],
  [
    'SELECT * FROM a WHERE id IN (SELECT b FROM c WHERE d = 5)',
    'SELECT * FROM a WHERE id IN (SELECT b FROM c WHERE d = ?)',
  ],
  ["INSERT INTO a(x, y) VALUES (1, 'b'), (DEFAULT, now()) RETURNING id", 'INSERT INTO a(x, y) VALUES (?) RETURNING id'],
  ['SELECT 1 -- the user is bob\n + 2 /* or /* not */ alice */ ;', 'SELECT ? + ?'],
  ['SELECT  1\n\t FROM\r\n a ;', 'SELECT ? FROM a'],
  ["SELECT 'it''s', E'it\\'s', N'x', X'ff', U&'d'", 'SELECT ?, ?, ?, ?, U&?'],
  ['SELECT $$a $b$ c$$, $tag$ $$ $tag$, t1.c2', 'SELECT ?, ?, t1.c2'],
  ["SELECT '2024-01-01'::date, a::text, -1.5e-3, 0xFF, .5", 'SELECT ?::date, a::text, ?, ?, ?'],
  ['SELECT a -1, a - 1, - 1 FROM b LIMIT 10 OFFSET 20', 'SELECT a -?, a - ?, ? FROM b LIMIT ? OFFSET ?'],
  ['SELECT * FROM a WHERE b = :name AND c = @p1 AND d = ?', 'SELECT * FROM a WHERE b = ? AND c = ? AND d = ?'],
  ['SELECT * FROM a WHERE b = ANY(ARRAY[1,2])', 'SELECT * FROM a WHERE b = ANY(ARRAY[?])'],
  ['SELECT * FROM `a` WHERE b = "bob" # secret', 'SELECT * FROM `a` WHERE b = ?'],
  ["SELECT * FROM a WHERE b = \"bob\" AND c = 'it\\'s'", 'SELECT * FROM a WHERE b = ? AND c = ?', 'mysql'],
  ['SELECT * FROM a WHERE b = "Bob" AND c = "x@y.z"', 'SELECT * FROM a WHERE b = ? AND c = ?'],
  ['SELECT * FROM "a" WHERE "b" = "c"', 'SELECT * FROM "a" WHERE "b" = "c"', 'postgresql'],
  ["SELECT 'C:\\', 'secret'", 'SELECT ?, ?', 'postgresql'],
  ["SELECT 'C:\\', 'secret'", 'SELECT ?'],
  ["SELECT 'never closed", 'SELECT ?'],
  ['SELECT 1 /* never closed', 'SELECT ?'],
  ['', ''],
];

describe('normalizeStatement', () => {
  // No test.each: for rows of two, jest would take the third parameter for a done callback.
  for (const [given, expected, dialect] of STATEMENTS) {
    test(`${dialect ?? 'any'}: ${given}`, () => {
      expect(normalizeStatement(given, dialect)).toBe(expected);
    });
  }

  const dialects = fc.constantFrom<SqlDialect | undefined>('postgresql', 'mysql', 'sqlite', undefined);

  test('is idempotent', () => {
    const part = fc.oneof(
      fc.constantFrom(
        'SELECT',
        'IN',
        'VALUES',
        'ARRAY',
        '(',
        ')',
        '[',
        ']',
        ',',
        ';',
        '?',
        '-',
        '+',
        '=',
        '*',
        '.',
        ':',
        '::',
      ),
      fc.constantFrom(
        "'",
        '"',
        '`',
        '$',
        '$$',
        '--',
        '/*',
        '*/',
        '#',
        '\\',
        '\n',
        ' ',
        '1',
        'a',
        '"b"',
        "'c'",
        'E',
        '@',
        '0x',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 20 }).map((parts) => parts.join('')),
        dialects,
        (sql, dialect) => {
          const once = normalizeStatement(sql, dialect);
          expect(normalizeStatement(once, dialect)).toBe(once);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test('returns no value of a literal, however it is quoted', () => {
    const noise = fc.string({
      unit: fc.constantFrom("'", '"', '\\', '`', '$', ' ', '-', '/', '*', ')', ','),
      maxLength: 6,
    });
    const quoted = fc.tuple(noise, noise).map(([before, after]) => `${before}SECRET${after}`);
    const standard = (value: string): string => `'${value.replaceAll("'", "''")}'`;
    const escaped = (value: string): string => `'${value.replace(/[\\']/g, '\\$&')}'`;
    fc.assert(
      fc.property(quoted, quoted, (one, other) => {
        const sql = (quote: (value: string) => string): string =>
          `SELECT a FROM t WHERE b = ${quote(one)} AND c IN (${quote(other)}) AND d = ${quote(one)}`;
        for (const dialect of ['postgresql', 'sqlite', undefined] as const) {
          expect(normalizeStatement(sql(standard), dialect)).not.toContain('SECRET');
        }
        for (const dialect of ['mysql', undefined] as const) {
          expect(normalizeStatement(sql(escaped), dialect)).not.toContain('SECRET');
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test.each(["'", '"', '`', '(', 'IN (', '$a$', '/*', '--\n', '-1', '1,', "''", '\\', 'VALUES (1),', 'WITH '])(
    'reads a long text of %j in a few passes',
    (unit) => {
      const sql = `SELECT ${unit.repeat(Math.floor((isFull ? 300_000 : 100_000) / unit.length))}`;
      expect(typeof normalizeStatement(sql)).toBe('string');
      expect(statementFacts(sql).operation).toBe('SELECT');
    },
  );
});

describe('statementFacts', () => {
  test.each([
    ['select * from users', 'SELECT', 'users'],
    ['SELECT EXTRACT(YEAR FROM day) FROM "public"."orders" o JOIN users u ON true', 'SELECT', 'orders'],
    ['SELECT * FROM (SELECT * FROM inner_table) x', 'SELECT', 'inner_table'],
    ['INSERT INTO `shop`.`orders` (a) VALUES (1)', 'INSERT', 'orders'],
    ['INSERT OR REPLACE INTO orders VALUES (1)', 'INSERT', 'orders'],
    ['INSERT IGNORE INTO orders VALUES (1)', 'INSERT', 'orders'],
    ['UPDATE ONLY orders SET a = 1 FROM users', 'UPDATE', 'orders'],
    ['DELETE FROM orders WHERE id = 1', 'DELETE', 'orders'],
    ['WITH x AS (SELECT 1 FROM a) UPDATE b SET c = 1', 'UPDATE', 'b'],
    ['EXPLAIN ANALYZE SELECT * FROM a', 'SELECT', 'a'],
    ['/* app */ CREATE TABLE IF NOT EXISTS a (id int)', 'CREATE TABLE', 'a'],
    ['DROP TABLE IF EXISTS a', 'DROP TABLE', 'a'],
    ['TRUNCATE TABLE a', 'TRUNCATE', 'a'],
    ['ALTER TABLE a ADD b int', 'ALTER TABLE', 'a'],
    ['BEGIN', 'BEGIN', undefined],
    ['COMMIT', 'COMMIT', undefined],
    ['SELECT 1', 'SELECT', undefined],
    ['', undefined, undefined],
    ["'text'", undefined, undefined],
  ])('%s', (sql, operation, table) => {
    expect(statementFacts(sql)).toEqual({ operation, table });
  });

  test('returns facts for any text', () => {
    fc.assert(fc.property(fc.string(), (sql) => typeof statementFacts(sql) === 'object'));
  });
});

test.each([
  [
    'SELECT [u].[id] FROM [dbo].[my table 5] [u] WHERE [a]]b] = @0',
    'SELECT [u].[id] FROM [dbo].[my table 5] [u] WHERE [a]]b] = ?',
  ],
  ["INSERT INTO [t] VALUES (N'O''Brien', @p1)", 'INSERT INTO [t] VALUES (?)'],
  ["SELECT [open 'value", 'SELECT ?'],
])('SQL Server: %s', (sql, expected) => {
  expect(normalizeStatement(sql, 'mssql')).toBe(expected);
});
