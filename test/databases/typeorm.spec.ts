import type { Lane } from '../harness/app-process';
import { isServed } from '../harness/brokers';
import { DatabasesApp, queriesOf, statementsOf } from './databases-app';

/** What depends on the database: names and words in statements. */
const DATABASES = {
  sqlite: {
    system: 'sqlite',
    begin: 'BEGIN TRANSACTION',
    constraint: 'customer.email',
    code: 'SQLITE_CONSTRAINT_UNIQUE',
    syntax: 'SQLITE_ERROR',
  },
  postgres: {
    system: 'postgresql',
    begin: 'START TRANSACTION',
    constraint: 'customer_email_key',
    code: '23505',
    syntax: '42601',
  },
  mariadb: {
    system: 'mariadb',
    begin: 'START TRANSACTION',
    constraint: 'customer_email_key',
    code: 'ER_DUP_ENTRY',
    syntax: 'ER_PARSE_ERROR',
  },
} as const;
type Database = keyof typeof DATABASES;

const VALUES = [
  'anna@shop.example',
  'customer-1@',
  'literal-value',
  '471147114711',
  'secret-article',
  'secret-in-syntax',
  'taken-by-nobody-else',
];

function expectNoValues({ receiver }: DatabasesApp): void {
  expect(VALUES.filter((value) => receiver.bytes.includes(value))).toEqual([]);
}

const combinations = (['11', '12'] as Lane[]).flatMap((lane) =>
  (Object.keys(DATABASES) as Database[]).map((database) => [lane, database] as const),
);

describe.each(combinations)('TypeORM in lane %s with %s', (lane, database) => {
  const { system, begin, constraint, code, syntax } = DATABASES[database];
  const scope = isServed(database) ? test : test.skip;
  let app: DatabasesApp;
  beforeAll(async () => {
    if (!isServed(database)) return;
    app = await DatabasesApp.start(lane, {
      DB: database,
      ENTRY: JSON.stringify({ slowerThan: '400ms' }),
      // Half of the tests run where nothing is traced.
      SENTRY_TRACES_SAMPLE_RATE: lane === '11' ? '0' : '1',
      ASYNC: lane === '12' ? '1' : undefined,
    });
  });
  afterAll(async () => {
    if (isServed(database)) await app.stop();
  });

  scope('an error shows the queries before it, in order, without their values', async () => {
    const event = await app.eventOf('fails');
    expect(statementsOf(event)).toEqual([
      expect.stringMatching(/^SELECT .*Customer.*WHERE .* = \?/),
      'SELECT ? AS word, ? AS number',
      expect.stringMatching(/^UPDATE \S*purchase SET article = \? WHERE id > \?$/),
      'SELECT ? AS one',
    ]);
    expect(queriesOf(event)[1].data).toEqual({ duration: expect.any(Number), rows: 1, system, dataSource: 'default' });
    expect(queriesOf(event).map((query) => query.data.rows)).toEqual([0, 1, 0, 1]);
    expect(queriesOf(event)[3].data.dataSource).toBe('reports');
    expectNoValues(app);
  });

  scope('a violated constraint is named, and the value is gone', async () => {
    const event = await app.eventOf('duplicate');
    expect(event.contexts.database).toEqual({
      system,
      operation: 'INSERT',
      code,
      constraint,
      table: 'customer',
      statement: expect.stringMatching(/^INSERT INTO .*customer.* VALUES \(\?\)/),
      dataSource: 'default',
    });
    expect(event.tags).toMatchObject({ 'db.system': system, 'db.code': code });
    expect(event.fingerprint).toEqual(['database', 'INSERT', code, constraint]);
    expect(event.exception.values[0].value).toContain(constraint);
    // TypeORM makes the error of MySQL in a callback, which nobody has called.
    if (database !== 'mariadb')
      expect(event.exception.values[0].stacktrace.frames).toContainEqual(
        expect.objectContaining({ in_app: true, filename: expect.stringContaining('apps/databases/main.js') }),
      );
    expect(queriesOf(event).at(-1)).toMatchObject({ level: 'error', message: expect.stringMatching(/^INSERT/) });
    expectNoValues(app);
  });

  scope("what the SDK's extraErrorDataIntegration copies has no values either", async () => {
    const event = await app.eventOf('duplicate');
    expect(event.contexts.QueryFailedError).toMatchObject({
      query: expect.stringMatching(/^INSERT INTO/),
      parameters: '?',
    });
    expectNoValues(app);
  });

  scope('an error that wraps a database error has its context', async () => {
    const event = await app.eventOf('wrapped');
    expect(event.exception.values.at(-1).value).toBe('cannot register');
    expect(event.contexts.database).toMatchObject({ constraint, code });
    expect(event.fingerprint).toBeUndefined();
  });

  scope('what the application logs and quotes of an error has no values either', async () => {
    const event = await app.eventOf('quoted');
    expect(event.exception.values.length).toBeGreaterThan(2);
    const logged = event.breadcrumbs.filter(({ category }: any) => category !== 'query');
    expect(logged.map(({ category }: any) => category)).toEqual(['Shop', 'Shop', 'console']);
    expect(JSON.stringify(logged)).toContain('QueryFailedError');
    expect(event.extra.failed.why).toMatch(/onstraint|Duplicate entry \? for key/);
    expect(event.extra.failed.error).toMatchObject({ name: 'QueryFailedError', message: event.extra.failed.why });
    expectNoValues(app);
  });

  scope('a statement that cannot be parsed', async () => {
    const event = await app.eventOf('syntax');
    expect(event.contexts.database).toMatchObject({ code: syntax, statement: 'SELEC ?', dataSource: 'default' });
    expectNoValues(app);
  });

  scope('transactions', async () => {
    const insert = expect.stringMatching(/^INSERT INTO .*purchase/);
    expect(statementsOf(await app.eventOf('transaction'))).toEqual([begin, insert, 'ROLLBACK']);
    expect(statementsOf(await app.eventOf('committed'))).toEqual([begin, insert, 'COMMIT']);
  });

  scope('a statement whose rows are streamed', async () => {
    if (database === 'sqlite') return; // TypeORM has no streams there
    const event = await app.eventOf('streamed');
    expect(event.exception.values[0].value).toBe('cannot read a row of word,number');
    expect(queriesOf(event)).toMatchObject([
      { message: 'SELECT ? AS word, ? AS number', data: { system, dataSource: 'default' } },
    ]);
    const broken = await app.eventOf('brokenStream');
    expect(broken.contexts.database).toMatchObject({ system, statement: 'SELEC ?', dataSource: 'default' });
    expect(queriesOf(broken)).toMatchObject([{ message: 'SELEC ?', level: 'error' }]);
    expectNoValues(app);
  });

  scope('the same query for each of several rows is one warning', async () => {
    const event = await app.eventOf('repeated?count=10');
    expect(event).toMatchObject({
      message: 'N+1 queries',
      level: 'warning',
      transaction: 'GET /:action',
      tags: { 'db.system': system, dataSource: 'default' },
    });
    const { statement } = event.contexts.query;
    expect(statement).toMatch(/^SELECT .*Purchase/);
    expect(event.contexts.query).toEqual({
      statement,
      dataSource: 'default',
      count: 10,
      origin: expect.stringMatching(/^apps\/databases\/main\.js:\d+$/),
    });
    expect(event.fingerprint).toEqual(['n-plus-one', statement]);
    expect((await app.eventOf('repeated?count=12')).contexts.query.count).toBe(12);
    expect(await app.eventsOf('repeated?count=9')).toEqual([]);
  });

  scope('queries at the same time are counted too', async () => {
    expect((await app.eventOf('parallel')).contexts.query.count).toBe(12);
  });

  scope('a slow query is one warning for each request', async () => {
    const events = await app.eventsOf('slow?times=2');
    if (database === 'sqlite') return;
    expect(events).toHaveLength(1);
    const [event] = events;
    expect(event).toMatchObject({ message: 'Slow query', level: 'warning' });
    const { statement, duration, factor } = event.contexts.query;
    expect(event.contexts.query).toEqual({ statement, dataSource: 'default', duration, threshold: 400, factor });
    expect(duration).toBeGreaterThan(400);
    expect(factor).toBeCloseTo(duration / 400, 1);
    expect(event.fingerprint).toEqual(['slow-query', statement]);
  });

  scope('pools', async () => {
    await app.eventsOf('committed');
    const { pools, hooks } = await app.app.status();
    expect(hooks.typeorm).toBe(true);
    if (database === 'sqlite') {
      expect(pools).toEqual({});
      return;
    }
    const pool = { size: expect.any(Number), idle: expect.any(Number), waiting: 0 };
    expect(pools).toEqual({ default: pool, reports: pool });
    expect(pools.default.idle).toBe(pools.default.size);
    const event = await app.eventOf('exhausted');
    expect(event.contexts.pool).toEqual({ dataSource: 'default', size: 2, idle: 0, waiting: expect.any(Number) });
    expect(event.contexts.pool.waiting).toBeGreaterThan(0);
    expect(event.contexts.database).toMatchObject({ system, operation: 'CONNECT', dataSource: 'default' });
    expect(event.fingerprint.slice(0, 2)).toEqual(['database', 'CONNECT']);
  });

  scope('an error before a connection is asked for says nothing of the pool', async () => {
    if (database !== 'postgres') return;
    const { contexts, fingerprint } = await app.eventOf('unstreamed');
    expect(contexts.pool).toBeUndefined();
    expect(contexts.database).toMatchObject({ statement: 'SELECT ? AS word, ? AS number', dataSource: 'default' });
    expect(fingerprint).toBeUndefined();
  });

  scope('a driver that refuses a statement without naming it', async () => {
    const { contexts, fingerprint } = await app.eventOf('prepared');
    expect(contexts.database).toEqual({
      system: 'sqlite',
      operation: 'SELEC',
      code: 'SQLITE_ERROR',
      statement: 'SELEC ?',
      dataSource: 'refusing',
    });
    expect(contexts.pool).toBeUndefined();
    expect(fingerprint).toEqual(['database', 'SELEC', 'SQLITE_ERROR', 'SELEC ?']);
  });

  scope("the data source's own logger prints the same", async () => {
    expect(await app.get('logged')).toEqual({
      rows: [{ six: expect.anything() }],
      logged: ['query SELECT 6 AS six', 'query SELECT nothing FROM nowhere', 'error SELECT nothing FROM nowhere'],
    });
  });

  scope('a statement of a megabyte', async () => {
    expect(statementsOf(await app.eventOf('long'))).toEqual(['SELECT ?']);
  });

  scope('data sources that Nest does not know, or initializes later', async () => {
    const events = await app.eventsOf('own');
    const [error] = events.filter(({ exception }) => exception);
    const [warning] = events.filter(({ message }) => message === 'N+1 queries');
    // Equal ones in a row may be folded.
    expect(new Set(statementsOf(error))).toEqual(new Set(['SELECT ? AS mine']));
    expect(warning.contexts.query).toMatchObject({ count: 3 });
    expect(events).toHaveLength(2);
    const late = queriesOf(await app.eventOf('late'));
    expect(late).toMatchObject([{ message: 'SELECT ? AS five', data: { dataSource: 'late' } }]);
  });

  scope('nothing has failed inside', async () => {
    expect((await app.app.status()).faults).toEqual({});
  });
});

describe.each<Lane>(['11', '12'])('lane %s', (lane) => {
  test('the error that stops an application shows queries made before this library is initialised', async () => {
    const [event] = await DatabasesApp.eventsOfFailedStart(lane, { FAIL_INIT: '1' });
    expect(event).toMatchObject({ level: 'fatal', transaction: 'Migrations.onModuleInit' });
    expect(statementsOf(event)).toEqual(['SELECT ? AS migrations']);
  });

  test.each([
    ['sqlite', { integrations: { typeorm: false } }],
    ['postgres', { integrations: { typeorm: false } }],
  ])('switched off with %s', async (database, options) => {
    if (!isServed(database)) return;
    const app = await DatabasesApp.start(lane, { DB: database, MODULE: JSON.stringify(options) });
    expect(statementsOf(await app.eventOf('fails'))).toEqual([]);
    expect(await app.eventsOf('repeated')).toEqual([]);
    // Errors are described all the same.
    expect((await app.eventOf('duplicate')).contexts.database).toMatchObject({ table: 'customer' });
    await app.stop();
  });
});
