import { databaseMessage, isMessageOf, withoutDetailValues, withoutMessage } from '../../lib/grouping';

describe('the message of a database error', () => {
  test.each([
    // PostgreSQL
    ['duplicate key value violates unique constraint "customer_email_key"', undefined],
    ['invalid input syntax for type uuid: "anna"', 'invalid input syntax for type uuid: ?'],
    ['invalid input value for enum "mood": "anna"', 'invalid input value for enum "mood": ?'],
    ['value "471147" is out of range for type integer', 'value ? is out of range for type integer'],
    ['invalid value "anna" for "HH24"', 'invalid value ? for "HH24"'],
    ['time zone "anna" not recognized', 'time zone ? not recognized'],
    ['unterminated quoted string at or near "\'anna "x" ', 'unterminated quoted string at or near ?'],
    ['relation "customer" does not exist', undefined],
    ['null value in column "email" of relation "customer" violates not-null constraint', undefined],
    ['Key (email)=(anna) already exists.', 'Key (email)=(?) already exists.'],
    ['Failing row contains (1, anna, null).', 'Failing row contains (?).'],
    // MySQL and MariaDB
    ["Duplicate entry 'anna' for key 'customer_email_key'", "Duplicate entry ? for key 'customer_email_key'"],
    ["Duplicate entry 'it's for key' for key 'a'", "Duplicate entry ? for key 'a'"],
    [
      "Incorrect integer value: 'anna' for column `t`.`c`.`n` at row 1",
      'Incorrect integer value: ? for column `t`.`c`.`n` at row 1',
    ],
    ["Truncated incorrect DOUBLE value: 'anna'", 'Truncated incorrect DOUBLE value: ?'],
    ["You have an error near 'SELEC 'anna'' at line 1", 'You have an error near ? at line 1'],
    ["Unknown or incorrect time zone: 'anna'", 'Unknown or incorrect time zone: ?'],
    ["BIGINT value is out of range in '(`c`.`n` + 4711)'", 'BIGINT value is out of range in ?'],
    ["Unknown column 'email' in 'field list'", undefined],
    // SQLite
    ['UNIQUE constraint failed: customer.email', undefined],
    // Redis
    [
      "ERR unknown command 'FOO', with args beginning with: 'anna' '4711' ",
      "ERR unknown command 'FOO', with args beginning with: ?",
    ],
    // MongoDB and mongoose
    [
      'E11000 duplicate key error collection: shop.c index: a_1_b_1 dup key: { a: "an, b: \\"na", b.c: 4711 }',
      'E11000 duplicate key error collection: shop.c index: a_1_b_1 dup key: { a: ?, b.c: ? }',
    ],
    ['E11000 … index: a_1 dup key: { a: { b: "anna" } }', 'E11000 … index: a_1 dup key: { ? }'],
    [
      'C validation failed: mood: `anna` is not a valid enum value for path `mood`., age: Path `age` (4711) is more than maximum allowed value (99).',
      'C validation failed: mood: ? is not a valid enum value for path `mood`., age: Path `age` (?) is more than maximum allowed value (99).',
    ],
    [
      'C validation failed: name: Path `name` (`anna`, length 4) is shorter than the minimum allowed length (5).',
      'C validation failed: name: Path `name` (?) is shorter than the minimum allowed length (5).',
    ],
    [
      'Cast to Number failed for value "anna" (type string) at path "age"',
      'Cast to Number failed for value ? (type string) at path "age"',
    ],
    // SQL Server
    [
      "Cannot insert duplicate key in object 'dbo.c'. The duplicate key value is (anna).",
      "Cannot insert duplicate key in object 'dbo.c'. The duplicate key value is (?).",
    ],
    [
      "Conversion failed when converting the varchar value 'anna' to data type int.",
      'Conversion failed when converting the varchar value ? to data type int.',
    ],
    ["Incorrect syntax near 'anna'.", 'Incorrect syntax near ?.'],
    [
      "String or binary data would be truncated. Truncated value: 'anna'.",
      'String or binary data would be truncated. Truncated value: ?.',
    ],
    [
      'Arithmetic overflow error for data type tinyint, value = 4711.',
      'Arithmetic overflow error for data type tinyint, value = ?.',
    ],
    // Libraries
    [
      "/* route='anna' */ -- anna\nselect * from nope where a = 'anna' - relation \"nope\" does not exist",
      'select * from nope where a = ? - relation "nope" does not exist',
    ],
    ["do $$begin raise 'anna - x'; end$$ - division by zero", 'do ? - division by zero'],
    ["select E'it\\'s - anna' - division by zero", 'select ? - division by zero'],
    [
      'select * from "c" where "a" - 1 > 2 and "e" = \'anna - it\'\'s\' - column "e" does not exist',
      'select * from "c" where "a" - ? > ? and ? = ? - column "e" does not exist',
    ],
    ["update c set n = n - 1 where e = 'anna'", 'update c set n = n - ? where e = ?'],
    ['insert or update on table "c" violates foreign key constraint "c_fk"', undefined],
    [
      'Could not find any entity of type "Customer" matching: {"email": "anna"}',
      'Could not find any entity of type "Customer" matching: ?',
    ],
    ["(conn:4) no such table - parameters:['anna']", '(conn:4) no such table'],
    [
      '\nInvalid `prisma.user.create()` invocation in\n/app/main.js:3\n\n  2 email: "anna"\n\nUnique constraint failed on the fields: (`email`)',
      'Invalid `prisma.user.create()` invocation: Unique constraint failed on the fields: (`email`)',
    ],
  ])('%s', (message, expected = message) => {
    expect(databaseMessage(new Error(message), message)).toBe(expected);
  });

  const sql = "insert into customer (email) values ('anna')";

  test('names the statement without its values', () => {
    const message = `${sql} - duplicate key value`;
    expect(databaseMessage(Object.assign(new Error(message), { sql }), message)).toBe(
      'insert into customer (email) values (?) - duplicate key value',
    );
  });

  test('replaces a statement before the message of the driver that is known', () => {
    const known = { statement: 'selec ? from customer', message: 'syntax error at or near "anna"' };
    expect(databaseMessage(new Error(''), `selec 'anna' from customer - ${known.message}`, known)).toBe(
      'selec ? from customer - syntax error at or near ?',
    );
  });

  const driver = 'value "anna" is out of range for type integer';
  const clean = 'value ? is out of range for type integer';
  test.each([
    [
      `update or insert: insert into t (a, b) values ('anna', true) - ${driver}`,
      'insert into t (a, b) values (?)',
      `update or insert: insert into t (a, b) values (?) - ${clean}`,
    ],
    [
      `could not save - update t set a = true where b = 'anna - x' - ${driver}`,
      'update t set a = ? where b = ?',
      `could not save - update t set a = ? where b = ? - ${clean}`,
    ],
    [
      `first: select 'anna' - ${driver}; then: select 'otto' - ${driver}`,
      'select ?',
      `first: select ? - ${clean}; then: select ? - ${clean}`,
    ],
    [`could not insert - ${driver}`, 'insert into t (a) values (?)', `could not insert - ${clean}`],
    [
      `cut: insert into t (a, b) values ('anna', 'it''s ott`,
      'insert into t (a, b) values (?)',
      'cut: insert into t (a, b) values (?)',
    ],
  ])('a statement that is quoted with the message of the driver: %s', (text, statement, expected) => {
    const known = { statement, system: 'postgresql' };
    expect(withoutMessage(text, driver, clean, known)).toBe(expected);
  });

  test('the message of an error is that of a driver, after a statement but nothing else', () => {
    const known = { statement: 'insert into t (a) values (?)', system: 'postgresql' };
    const isIts = (message: string) => isMessageOf(driver, message, known);
    expect(isIts(driver)).toBe(true);
    expect(isIts(`${driver}\n - detail: x`)).toBe(true);
    expect(isIts(`insert into t (a) values ('anna') - ${driver}\n - detail: x`)).toBe(true);
    expect(isIts(`could not save: insert into t (a) values ('anna') - ${driver}`)).toBe(false);
    expect(isIts(`could not save - ${driver}`)).toBe(false);
  });

  test.each([
    ['Key (lower(mail))=(anna (x)) already exists.', 'Key (lower(mail))=(?) already exists.'],
    [
      'failed: Key (a, b)=(1, anna) is not present in table "c". and Key (d)=(e) is still referenced from table "f".',
      'failed: Key (a, b)=(?) is not present in table "c". and Key (d)=(?) is still referenced from table "f".',
    ],
    ['Failing row contains (1, anna (x), null).', 'Failing row contains (?).'],
    ['a)=(b', undefined],
  ])('details of PostgreSQL: %s', (text, expected = text) => {
    expect(withoutDetailValues(text)).toBe(expected);
  });

  test.each([
    ['syntax error at or near "customer"', undefined],
    ['syntax error at or near "anna"', 'syntax error at or near ?'],
    ['near "anna": syntax error', 'near ?: syntax error'],
    ['unrecognized token: "\'anna"', 'unrecognized token: ?'],
  ])('keeps words of the statement only: %s', (message, expected = message) => {
    expect(databaseMessage(Object.assign(new Error(message), { query: sql }), message)).toBe(expected);
  });

  test.each([
    "Duplicate entry '",
    ')=(',
    '"',
    ': "',
    'near "',
    "select '",
    'select - ',
    '/*',
    '$a$',
    "e'",
    'dup key: { ',
    'Path `a` (',
    ' `',
    "incorrect a value: '",
    '\n',
  ])('is quick with many of %j', (part) => {
    const message = part.repeat(200_000);
    const startedAt = performance.now();
    databaseMessage(Object.assign(new Error(message), { query: message }), message);
    databaseMessage(new Error(message), message);
    withoutDetailValues(message);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
