// The extension, called as Prisma 7 calls it. A client has to be generated, with a program that is not a package.
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { startSpan } from '@sentry/nestjs';
import { ErrorTracker, SentryModule } from '../../lib/index';
import { runExecution } from '../../lib/context/run-execution';
import { trackPrisma } from '../../lib/integrations/prisma/track-prisma';
import { beginDriverQuery } from '../../lib/queries/driver-queries';
import { Receiver } from '../harness/receiver';
import { queriesOf, statementsOf } from './databases-app';

let receiver: Receiver;
let app: INestApplicationContext;
let tracker: ErrorTracker;

async function start(integrations?: object): Promise<void> {
  @Module({
    imports: [
      SentryModule.forRoot({ init: { dsn: receiver.dsn, environment: 'test', tracesSampleRate: 1 }, integrations }),
    ],
  })
  class AppModule {}
  app = await NestFactory.createApplicationContext(AppModule, { logger: false });
  tracker = app.get(ErrorTracker);
}
beforeAll(async () => {
  receiver = await Receiver.start();
  await start();
});
afterAll(async () => {
  await app.close();
  await receiver.close();
});

/** What is sent of one request, which ends with an error. */
async function eventsOf(work: () => Promise<unknown>): Promise<any[]> {
  receiver.clear();
  const request = async () => {
    try {
      await work();
      tracker.captureException(new Error('after the queries'));
    } catch (error) {
      tracker.captureException(error);
    }
  };
  await runExecution({ kind: 'rpc', name: 'rpc orders', op: 'rpc.server' }, (run) => run(request));
  await tracker.flush();
  return receiver.events;
}

const operation = (result: unknown, operation = 'findMany', inside = () => undefined as unknown) => ({
  model: 'User',
  operation,
  args: { where: { email: 'anna@prisma.example' } },
  query: async () => {
    await inside();
    if (result instanceof Error) throw result;
    return result;
  },
});

test('operations are breadcrumbs', async () => {
  const { $allOperations } = trackPrisma().query;
  const [event] = await eventsOf(async () => {
    expect(await $allOperations(operation([1, 2]))).toEqual([1, 2]);
    await $allOperations(operation({ count: 3 }, 'updateMany'));
    await $allOperations(operation(null, 'findUnique'));
    await $allOperations({ ...operation(4, '$executeRaw'), model: undefined });
  });
  expect(queriesOf(event).map(({ message, data }) => [message, data.rows, data.dataSource])).toEqual([
    ['User.findMany', 2, 'prisma'],
    ['User.updateMany', 3, 'prisma'],
    ['User.findUnique', 0, 'prisma'],
    ['$executeRaw', 4, 'prisma'],
  ]);
});

test('the statements of a driver adapter stand for the operation', async () => {
  const send = () =>
    beginDriverQuery({ sql: 'SELECT "id" FROM "User" WHERE "email" = \'anna\'', system: 'postgresql' })?.finish(1);
  const [event] = await eventsOf(() => trackPrisma().query.$allOperations(operation([1], 'findMany', send)));
  expect(queriesOf(event)).toMatchObject([
    { message: 'SELECT "id" FROM "User" WHERE "email" = ?', data: { system: 'postgresql', dataSource: 'prisma' } },
  ]);
});

/** Like Prisma: what is asked for in one tick is sent as one, where the first of it runs. */
function batchOf(send: () => unknown) {
  let sent: Promise<unknown> | undefined;
  return () =>
    (sent ??= new Promise((resolve) => {
      process.nextTick(() => {
        resolve(send());
      });
    }));
}

test.each([
  [
    'seen',
    () => beginDriverQuery({ sql: 'SELECT * FROM "User" WHERE "id" IN ($1,$2)', system: 'postgresql' })?.finish(),
  ],
  ['unseen', () => undefined],
])('operations that are sent as one are one query, with a driver that is %s', async (driver, send) => {
  const { $allOperations } = trackPrisma().query;
  const events = await eventsOf(async () => {
    const inside = batchOf(send);
    const findUnique = { ...operation({}, 'findUnique', inside), args: { where: { id: 1 } } };
    await Promise.all(Array.from({ length: 20 }, () => $allOperations(findUnique)));
  });
  expect(events.map(({ message }) => message)).toEqual([undefined]);
  expect(statementsOf(events[0])).toEqual([
    driver === 'seen' ? 'SELECT * FROM "User" WHERE "id" IN (?)' : 'User.findUnique',
  ]);
});

test('repeated operations name their statement, and the place that awaited them', async () => {
  const { $allOperations } = trackPrisma().query;
  const send = () =>
    beginDriverQuery({ sql: 'SELECT "id" FROM "Post" WHERE "author" = $1', system: 'postgresql' })?.finish(1);
  const [, warning] = await eventsOf(async () => {
    for (let index = 0; index < 10; index++) await $allOperations(operation([], 'findMany', send));
  });
  expect(warning.contexts.query).toMatchObject({
    statement: 'SELECT "id" FROM "Post" WHERE "author" = ?',
    count: 10,
    dataSource: 'prisma',
    origin: expect.stringMatching(/^test\/databases\/prisma\.spec\.ts:\d+$/),
  });
});

const raw = (args: unknown, inside?: () => unknown, result: unknown = []) => ({
  ...operation(result, '$queryRawUnsafe', inside),
  model: undefined,
  args,
});
const RAW_SQL = "select * from customer where name = 'anna@prisma.example'";

test('raw queries are known by their statement', async () => {
  const { $allOperations } = trackPrisma({ nPlusOne: 2 }).query;
  const [event, warning] = await eventsOf(async () => {
    await $allOperations(raw([RAW_SQL]));
    await $allOperations({ ...raw({ sql: RAW_SQL }), operation: '$queryRaw' });
  });
  expect(warning.contexts.query).toMatchObject({ statement: 'select * from customer where name = ?', count: 2 });
  expect(statementsOf(event)).toEqual(Array(2).fill('select * from customer where name = ?'));
});

test('an error of a raw query is that of its driver', async () => {
  const error = Object.assign(
    new Error(
      '\nInvalid `prisma.$queryRawUnsafe()` invocation:\n\n\nRaw query failed. Code: `22P02`. Message: `invalid input syntax for type integer: "anna"`',
    ),
    {
      name: 'PrismaClientKnownRequestError',
      code: 'P2010',
      clientVersion: '7',
      meta: { driverAdapterError: { cause: { originalCode: '22P02', kind: 'postgres' } } },
    },
  );
  const send = () => beginDriverQuery({ sql: RAW_SQL, system: 'postgresql' })?.fail(new Error('invalid input'));
  const [event] = await eventsOf(() => trackPrisma().query.$allOperations(raw([RAW_SQL], send, error)));
  expect(event.contexts.database).toEqual({
    system: 'postgresql',
    operation: 'SELECT',
    code: '22P02',
    table: 'customer',
    statement: 'select * from customer where name = ?',
    dataSource: 'prisma',
  });
  expect(event.fingerprint).toEqual(['database', 'SELECT', '22P02', 'customer']);
  expect(event.exception.values[0].value).toMatch(/type integer: \?`$/);
});

test("statements in the SDK's spans of Prisma have no values", async () => {
  receiver.clear();
  const attributes = { 'sentry.origin': 'auto.db.otel.prisma', 'db.system': 'postgresql', 'db.query.text': RAW_SQL };
  startSpan({ name: 'request' }, () => {
    startSpan({ name: RAW_SQL, attributes }, () => undefined);
  });
  await tracker.flush();
  const text = 'select * from customer where name = ?';
  expect(receiver.spans.find(({ data }) => 'db.query.text' in data)).toMatchObject({
    name: text,
    data: { 'db.query.text': text },
  });
});

test('an error has the context of its database, and no value', async () => {
  const error = Object.assign(
    new Error(
      '\nInvalid `prisma.user.create()` invocation:\n\n{ email: "anna@prisma.example" }\n\nUnique constraint failed on the fields: (`email`)',
    ),
    {
      name: 'PrismaClientKnownRequestError',
      code: 'P2002',
      clientVersion: '7',
      meta: { modelName: 'User', target: ['email'] },
    },
  );
  const [event] = await eventsOf(() => trackPrisma().query.$allOperations(operation(error, 'create')));
  expect(event.exception.values[0].value).toBe(
    'Invalid `prisma.user.create()` invocation: Unique constraint failed on the fields: (`email`)',
  );
  expect(event.contexts.database).toMatchObject({ code: 'P2002', table: 'User', dataSource: 'prisma' });
  expect(event.tags).toMatchObject({ 'db.code': 'P2002' });
  expect(queriesOf(event)).toMatchObject([{ level: 'error', message: 'User.create' }]);
});

test.each([
  ['operation', 'User.findMany', () => undefined],
  ['statement', 'SELECT ?', () => beginDriverQuery({ sql: 'SELECT 1', system: 'postgresql' })],
])('a slow %s', async (_what, name, begin) => {
  const { $allOperations } = trackPrisma({ slowerThan: 1 }).query;
  const wait = async () => {
    const query = begin();
    await new Promise((resolve) => setTimeout(resolve, 20));
    // As with `pg`, whose connection was opened by another request.
    tracker.isolate(() => query?.finish());
  };
  receiver.clear();
  await tracker.isolate(async () => {
    tracker.setTag('of', 'request');
    await $allOperations(operation([], 'findMany', wait));
  });
  await tracker.flush();
  expect(receiver.events).toMatchObject([
    { message: 'Slow query', fingerprint: ['slow-query', name], tags: { of: 'request' } },
  ]);
});

test.each([
  [{ slowerThan: 'soon' }, 'prisma.slowerThan: received "soon"'],
  [{ nPlusOne: 1 }, 'prisma.nPlusOne: received 1'],
  [{ slow: 1 }, 'prisma.slow: received 1'],
])('refuses %j', (options, message) => {
  expect(() => trackPrisma(options as object)).toThrow(message);
});

test('switched off', async () => {
  await app.close();
  await start({ prisma: false });
  const [event] = await eventsOf(() => trackPrisma().query.$allOperations(operation([])));
  expect(statementsOf(event)).toEqual([]);
});
