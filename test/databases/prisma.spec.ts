// The extension, called as Prisma 7 calls it. A client has to be generated, with a program that is not a package.
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ErrorTracker, SentryModule } from '../../lib/index';
import { trackPrisma } from '../../lib/integrations/prisma/track-prisma';
import { beginDriverQuery } from '../../lib/queries/driver-queries';
import { Receiver } from '../harness/receiver';
import { queriesOf, statementsOf } from './databases-app';

let receiver: Receiver;
let app: INestApplicationContext;
let tracker: ErrorTracker;

async function start(integrations?: object): Promise<void> {
  @Module({ imports: [SentryModule.forRoot({ init: { dsn: receiver.dsn, environment: 'test' }, integrations })] })
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
  await tracker.isolate(async () => {
    try {
      await work();
      tracker.captureException(new Error('after the queries'));
    } catch (error) {
      tracker.captureException(error);
    }
  });
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

test('a slow operation', async () => {
  const { $allOperations } = trackPrisma({ slowerThan: 1 }).query;
  const wait = () => new Promise((resolve) => setTimeout(resolve, 20));
  const events = await eventsOf(() => $allOperations(operation([], 'findMany', wait)));
  expect(events).toContainEqual(
    expect.objectContaining({ message: 'Slow query', fingerprint: ['slow-query', 'User.findMany'] }),
  );
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
