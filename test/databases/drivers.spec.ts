import type { Lane } from '../harness/app-process';
import { isServed } from '../harness/brokers';
import { DatabasesApp, queriesOf, statementsOf } from './databases-app';

const VALUES = ['anna@plain.example', 'literal-of-plain', 'sent-by-nobody-else'];

describe.each<[Lane, string]>([
  ['11', '0'],
  ['11', '1'],
  ['12', '0'],
  ['12', '1'],
])('drivers without an ORM in lane %s, tracing %s', (lane, rate) => {
  let app: DatabasesApp;
  beforeAll(async () => {
    app = await DatabasesApp.start(lane, { SENTRY_TRACES_SAMPLE_RATE: rate });
  });
  afterAll(() => app.stop());
  afterEach(() => {
    expect(VALUES.filter((value) => app.receiver.bytes.includes(value))).toEqual([]);
  });

  const withPostgres = isServed('postgres') ? test : test.skip;
  const withMariaDb = isServed('mariadb') ? test : test.skip;

  withPostgres('pg', async () => {
    const event = await app.eventOf('plain/pg');
    expect(statementsOf(event)).toEqual([
      'SELECT ?::text AS mail',
      'BEGIN',
      'SELECT ? AS word, ? AS number',
      'ROLLBACK',
    ]);
    expect(queriesOf(event)[0].data).toMatchObject({
      duration: expect.any(Number),
      system: 'postgresql',
      dataSource: 'postgres',
    });
    expect(statementsOf(await app.eventOf('plain/pg-callback'))).toEqual(['SELECT ? AS seven']);
  });

  const drivers = ['pg', 'pg-callback', 'pg-connect', 'postgres-js', 'knex', 'mysql'];
  test.each(drivers.filter((driver) => isServed(driver === 'mysql' ? 'mariadb' : 'postgres')))(
    'queries of %s that wait for a connection belong to the request that sends them',
    async (driver) => {
      const owners = Array.from({ length: 10 }, (_, n) => `own${n}x`);
      app.receiver.clear();
      await Promise.all(owners.map((own) => app.get(`plain/${driver}-waits?own=${own}`)));
      await app.app.status();
      const shown = app.receiver.events.map((event): [string, string[]] => [
        event.exception.values[0].value,
        statementsOf(event)
          .filter((statement) => statement !== 'select version()') // knex asks once for each connection
          .map((statement) => / (own\w+)$/.exec(statement)?.[1] ?? statement),
      ]);
      expect(shown.sort()).toEqual(owners.map((own) => [own, [own]]));
    },
  );

  withPostgres('a query that the error has not waited for', async () => {
    const event = await app.eventOf('plain/pg-left');
    expect(event.contexts.unfinished).toEqual({
      queries: [expect.stringMatching(/^SELECT pg_sleep\(\?\), \?::text AS mail on postgres, for [\d.]+ ms$/)],
    });
    expect(statementsOf(event)).toEqual(['SELECT ? AS before']);
  });

  withPostgres('cursors, streams and queries of their own class, of pg', async () => {
    const cursor = await app.eventOf('plain/pg-cursor');
    expect(cursor.exception.values[0].value).toBe('rows: [2,1]');
    expect(queriesOf(cursor)).toMatchObject([
      {
        message: 'SELECT ? AS word, ? AS number FROM generate_series(?, ?) AS row WHERE ? <> ?',
        level: 'info',
        data: { duration: expect.any(Number), system: 'postgresql', dataSource: 'postgres' },
      },
    ]);
    const stream = await app.eventOf('plain/pg-stream');
    expect(stream.exception.values[0].value).toBe('rows: [{"row":1},{"row":2},{"row":3}]');
    expect(statementsOf(stream)).toEqual(['SELECT row FROM generate_series(?, ?) AS row']);
    const query = await app.eventOf('plain/pg-query');
    expect(query.exception.values[0].value).toBe('rows: [{"eight":8}]');
    expect(statementsOf(query)).toEqual(['SELECT ? AS eight']);
  });

  withPostgres.each([
    ['pg-cursor-fails', '42P01', 'INSERT INTO no_such_table_of_plain (mail) VALUES (?)'],
    ['pg-stream-fails', '22012', 'SELECT ? / (? - row) FROM generate_series(?, ?) AS row'],
  ])('%s', async (path, code, statement) => {
    const event = await app.eventOf(`plain/${path}`);
    expect(event.contexts.database).toMatchObject({ code, statement, dataSource: 'postgres' });
    expect(queriesOf(event)).toMatchObject([{ message: statement, level: 'error' }]);
  });

  withPostgres('a cursor that is read late is not slow', async () => {
    const [event, ...others] = await app.eventsOf('plain/pg-cursor-waits');
    expect(others).toEqual([]);
    expect(queriesOf(event)[0].data.duration).toBeLessThan(1_000);
  });

  withPostgres('an error of pg', async () => {
    const event = await app.eventOf('plain/pg-fails');
    expect(event.contexts.database).toEqual({
      system: 'postgresql',
      operation: 'INSERT',
      code: '42P01',
      table: 'no_such_table_of_plain',
      statement: 'INSERT INTO no_such_table_of_plain (mail) VALUES (?)',
      dataSource: 'postgres',
    });
    expect(event.fingerprint).toEqual(['database', 'INSERT', '42P01', 'no_such_table_of_plain']);
    expect(queriesOf(event)).toMatchObject([{ level: 'error' }]);
  });

  withPostgres('postgres.js', async () => {
    const event = await app.eventOf('plain/postgres-js');
    expect(statementsOf(event)).toEqual(['SELECT ?::text AS mail', 'begin', 'SELECT ? AS word, ? AS number', 'commit']);
    expect(queriesOf(event)[0].data).toMatchObject({
      duration: expect.any(Number),
      system: 'postgresql',
      dataSource: 'postgres',
    });
  });

  withPostgres('errors of postgres.js', async () => {
    const event = await app.eventOf('plain/postgres-js-fails');
    expect(event.contexts.database).toMatchObject({
      operation: 'INSERT',
      code: '42P01',
      statement: 'INSERT INTO no_such_table_of_plain (mail) VALUES (?)',
      dataSource: 'postgres',
    });
    expect(queriesOf(event)).toMatchObject([{ level: 'error' }]);
    const [query] = queriesOf(await app.eventOf('plain/postgres-js-escapes'));
    expect(query.message).toMatch(/^SELECT \?/);
    const closed = await app.eventOf('plain/postgres-js-closed');
    expect(closed.fingerprint.slice(0, 3)).toEqual(['database', 'CONNECT', 'CONNECTION_CLOSED']);
    expect(closed.tags).toMatchObject({ 'db.system': 'postgresql' });
  });

  withPostgres('an error of knex, whose message begins with the statement and its values', async () => {
    const event = await app.eventOf('plain/knex-fails');
    expect(event.exception.values[0].value).toBe(
      'insert into "no_such_table_of_plain" ("mail") values (?) - relation "no_such_table_of_plain" does not exist',
    );
    expect(event.contexts.database).toEqual({
      system: 'postgresql',
      operation: 'INSERT',
      code: '42P01',
      table: 'no_such_table_of_plain',
      statement: 'insert into "no_such_table_of_plain" ("mail") values (?)',
      dataSource: 'postgres',
    });
  });

  withPostgres('an error of knex whose statement begins with no known word', async () => {
    const event = await app.eventOf('plain/knex-unknown');
    expect(event.exception.values[0].value).toBe('selec ? from nowhere - syntax error at or near "selec"');
  });

  withPostgres('texts that quote an error of knex', async () => {
    const event = await app.eventOf('plain/knex-quoted');
    const quoted =
      'insert into "no_such_table_of_plain" ("isNew", "mail") values (?) - ' +
      'relation "no_such_table_of_plain" does not exist\n - detail: Key (mail)=(?) already exists.';
    expect(event.exception.values[0].value).toBe(`could not insert: ${quoted}`);
    expect(event.contexts.database).toBeUndefined();
    const lines = event.breadcrumbs.filter(({ category }: any) => category === 'Plain');
    expect(lines.map(({ message }: any) => message)).toEqual([quoted, `failed: ${quoted}`]);
    expect(lines[0].data.stack).toMatch(/^error: insert into .* values \(\?\) - relation [^\n]*\n +at /);
  });

  withPostgres('texts that quote a part of the statement', async () => {
    const event = await app.eventOf('plain/knex-many');
    const statement = 'insert into "no_such_table_of_plain" ("mail") values (?)';
    expect(event.exception.values[0].value).toBe(`could not save: ${statement}`);
    const line = event.breadcrumbs.find(({ category }: any) => category === 'Plain');
    expect(line.data.stack).toBe(`error: ${statement}`);
  });

  withPostgres('an error of MikroORM, with the details of PostgreSQL', async () => {
    const event = await app.eventOf('plain/mikro-orm');
    const statement = 'insert into "no_such_table_of_plain" ("mail") values (?)';
    expect(event.exception.values[0].value).toBe(
      `${statement} - relation "no_such_table_of_plain" does not exist\n - detail: Key (mail)=(?) already exists.`,
    );
    expect(event.contexts.database).toMatchObject({ code: '42P01', statement, dataSource: 'postgres' });
  });

  withMariaDb('a refused login names no data source', async () => {
    const { contexts } = await app.eventOf('plain/mysql-refused');
    expect(contexts.database).toEqual({ system: 'mysql', code: expect.stringMatching(/^ER_/) });
  });

  test.each([
    ['pg', 'postgresql'],
    ['postgres-js', 'postgresql'],
    ['mysql', 'mysql'],
  ])('%s without its server', async (driver, system) => {
    const event = await app.eventOf(`plain/${driver}-down`);
    const facts = { system, operation: 'CONNECT', code: 'ECONNREFUSED' };
    expect(event.contexts.database).toMatchObject(facts);
    expect(event.tags).toMatchObject({ 'db.system': system, 'db.code': facts.code });
    expect(event.fingerprint.slice(0, 3)).toEqual(['database', facts.operation, facts.code]);
    expect(event.contexts.externalApi).toBeUndefined();
  });

  withMariaDb('mysql2', async () => {
    const event = await app.eventOf('plain/mysql');
    expect(queriesOf(event)).toMatchObject([
      { message: 'SELECT ? AS mail', data: { rows: 1, system: 'mysql', dataSource: 'mysql' } },
      { message: 'SELECT ? + ? AS sum', data: { rows: 1 } },
    ]);
    expect((await app.eventOf('plain/mysql-fails')).contexts.database).toMatchObject({
      code: 'ER_NO_SUCH_TABLE',
      statement: 'INSERT INTO no_such_table_of_plain (mail) VALUES (?)',
    });
  });

  withMariaDb('a query of mysql2 that the error has not waited for', async () => {
    const { contexts } = await app.eventOf('plain/mysql-left');
    expect(contexts.unfinished.queries).toEqual([expect.stringMatching(/^SELECT sleep\(\?\), \? AS mail on mysql,/)]);
  });

  withMariaDb('prepared statements of mysql2', async () => {
    const event = await app.eventOf('plain/mysql-prepared');
    expect(event.exception.values[0].value).toMatch(/^rows: \[\[\{"sum":"?42"?\}\],\[\{"emitted":"?3"?\}\]\]$/);
    expect(queriesOf(event)).toMatchObject([
      { message: 'SELECT ? + ? AS sum', level: 'info', data: { rows: 1, system: 'mysql', dataSource: 'mysql' } },
      { message: 'SELECT ? + ? AS sum', data: { rows: 1 } },
      { message: 'SELECT ? + ? AS emitted', data: { duration: expect.any(Number) } },
    ]);
    const failed = await app.eventOf('plain/mysql-prepared-fails');
    const statement = 'SELECT (SELECT ? UNION SELECT ?) AS too_many';
    expect(failed.contexts.database).toMatchObject({ code: 'ER_SUBQUERY_NO_1_ROW', statement, dataSource: 'mysql' });
    expect(queriesOf(failed)).toMatchObject([{ message: statement, level: 'error' }]);
  });

  withPostgres('the SDK has one span for each query', async () => {
    const event = await app.eventOf('plain/pg');
    const ofEvent = app.receiver.spans.filter(({ trace }) => trace === event.contexts.trace.trace_id); // the request before may end late
    const spans = ofEvent.filter(({ data }) => /^db/.test(data['sentry.op'] ?? ''));
    if (rate === '0') expect(spans).toEqual([]);
    else expect(spans.filter(({ data }) => data['db.statement'] ?? data['db.query.text'])).toHaveLength(4);
  });
});
