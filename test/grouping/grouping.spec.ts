import {
  BadGatewayException,
  BadRequestException,
  ForbiddenException,
  GatewayTimeoutException,
  HttpException,
  InternalServerErrorException,
  NotFoundException,
  RequestTimeoutException,
  UnauthorizedException,
} from '@nestjs/common';
import { IsEmail, validate } from 'class-validator';
import * as fc from 'fast-check';
import { JwtService } from '@nestjs/jwt';
import { NEVER, firstValueFrom, timeout } from 'rxjs';
import { z } from 'zod';
import { compileGrouping, databaseFacts, groupKey, type GroupingEvent } from '../../lib/grouping/index.js';
import { ConfigurationError } from '../../lib/options/configuration-error.js';
import { type GroupingOptions, type GroupingRule } from '../../lib/options/grouping-options.js';

class DatabaseError extends Error {
  constructor(
    readonly code: string,
    readonly table = 'orders',
  ) {
    super(`Failed with ${code}`);
  }
}
class DeadlockError extends DatabaseError {}

const EVENT: GroupingEvent = { exceptionType: 'Error', handler: 'OrdersController.find', transaction: 'GET /u/1' };
const failureOf = async (run: () => unknown): Promise<unknown> => {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
};
const strict = (options?: GroupingOptions | GroupingRule[]) => {
  const group = compileGrouping(options, (where, fault) => {
    throw new Error(`${where}: ${String(fault)}`);
  });
  return (error: unknown, event: Partial<GroupingEvent> = {}) => group({ error, event: { ...EVENT, ...event } });
};

describe('a rule', () => {
  test.each<[string, GroupingRule, unknown, string[] | undefined]>([
    [
      'class',
      { when: DatabaseError, by: ['{{ default }}', 'db', (e) => e.code] },
      new DeadlockError('40P01'),
      ['{{ default }}', 'db', '40P01'],
    ],
    ['typed part', { when: DatabaseError, by: [(e: DatabaseError) => e.table] }, new DatabaseError('1'), ['orders']],
    ['name of the class', { when: 'DeadlockError', by: ['x'] }, new DeadlockError('1'), ['x']],
    ['name of a base class', { when: 'DatabaseError', by: ['x'] }, new DeadlockError('1'), ['x']],
    ['own name', { when: 'Odd', by: ['x'] }, { name: 'Odd' }, ['x']],
    ['message', { when: /^Failed with/g, by: ['x'] }, new DatabaseError('1'), ['x']],
    ['thrown text', { when: /^boom/, by: ['x'] }, 'boom 7', ['x']],
    ['arrow function', { when: (e) => e === 7, by: ['x'] }, 7, ['x']],
    ['function', { when: function (e: unknown) { return e === 7; }, by: ['x'] }, 7, ['x']], // prettier-ignore
    [
      'numbers, booleans, nothing',
      { when: 'Error', by: [() => 5, () => false, () => undefined, () => null] },
      new Error('a'),
      ['5', 'false', 'none', 'none'],
    ],
    ['another class', { when: TypeError, by: ['x'] }, new DatabaseError('1'), undefined],
    ['Error itself', { when: Error, by: ['x'] }, new DatabaseError('1'), ['x']],
  ])('by %s', (_, rule, error, expected) => {
    const group = strict([rule]);
    expect(group(error)).toEqual(expected);
    expect(group(error)).toEqual(expected);
  });

  test('recognizes HttpException of another copy of Nest', () => {
    class Copy extends Error {
      getStatus(): number {
        return 500;
      }
    }
    Object.defineProperty(Copy, 'name', { value: 'HttpException' });
    expect(strict([{ when: HttpException, by: ['http'] }])(new Copy())).toEqual(['http']);
  });

  test('the first that matches decides, before presets; what the application set decides before it', () => {
    const group = strict({
      rules: [
        { when: 'UnauthorizedException', by: ['mine'] },
        { when: Error, by: ['later'] },
      ],
    });
    expect(group(new UnauthorizedException())).toEqual(['mine']);
    expect(group(new UnauthorizedException(), { existing: ['set'] })).toEqual(['set']);
    expect(group(new UnauthorizedException(), { existing: ['{{ default }}'] })).toEqual(['mine']);
    expect(group(new UnauthorizedException(), { existing: [] })).toEqual(['mine']);
  });

  test('that throws or returns an object is skipped and reported', () => {
    const faults: string[] = [];
    const group = compileGrouping(
      [
        { when: () => { throw new Error('when'); }, by: ['a'] }, // prettier-ignore
        { when: Error, by: [() => { throw new Error('by'); }] }, // prettier-ignore
        { when: Error, by: [() => ({})] },
        { when: Error, by: ['last'] },
      ],
      (where, fault) => faults.push(`${where} ${(fault as Error).message.slice(0, 6)}`),
    );
    expect(group({ error: new Error('x'), event: {} })).toEqual(['last']);
    expect(faults).toEqual(['grouping[0] when', 'grouping[1] by', 'grouping[2] A fing']);
  });

  test.each<[unknown, string]>([
    [[{ when: 5, by: ['x'] }], 'grouping[0].when'],
    [[{ when: '', by: ['x'] }], 'grouping[0].when'],
    [[{ when: Error, by: [] }], 'grouping[0].by'],
    [{ rules: [{ when: Error, by: ['x', 5] }] }, 'grouping.rules[0].by'],
    [[null], 'grouping[0]'],
    [{ presets: { databases: false } }, 'grouping.presets.databases'],
  ])('like %j is refused', (options, path) => {
    const compile = () => compileGrouping(options as GroupingRule[]);
    expect(compile).toThrow(ConfigurationError);
    expect(compile).toThrow(path);
  });
});

describe('the presets', () => {
  const group = strict();

  test('group authentication by type and handler', async () => {
    const jwt = new JwtService({ secret: 'a' });
    const expired = await failureOf(() => jwt.verify(jwt.sign({ exp: 1 })));
    const forged = await failureOf(() => jwt.verify(new JwtService({ secret: 'b' }).sign({})));
    expect(group(expired)).toEqual(['auth', 'TokenExpiredError', 'OrdersController.find']);
    expect(group(forged)).toEqual(['auth', 'JsonWebTokenError', 'OrdersController.find']);
    expect(group(new UnauthorizedException())).toEqual(['auth', 'UnauthorizedException', 'OrdersController.find']);
    expect(group(new ForbiddenException(), { handler: undefined })).toEqual([
      'auth',
      'ForbiddenException',
      'GET /u/:id',
    ]);
    expect(group(new UnauthorizedException(), { handler: undefined, transaction: undefined })).toBeUndefined();
  });

  test('group validation by handler', async () => {
    class Input {
      @IsEmail() email = 'x';
    }
    const expected = ['validation', 'OrdersController.find'];
    expect(group(new BadRequestException(['email must be an email']))).toEqual(expected);
    expect(group(await failureOf(() => z.object({ id: z.number() }).parse({ id: 'x' })))).toEqual(expected);
    expect(group(await validate(new Input()))).toEqual(expected);
    expect(group(new BadRequestException('Cart is empty'))).toBeUndefined();
    expect(group(new NotFoundException())).toBeUndefined();
  });

  test('group rate limiting by endpoint', () => {
    expect(group(new HttpException('Too many', 429))).toEqual(['rateLimit', 'GET /u/:id']);
    expect(group(Object.assign(new Error('x'), { name: 'ThrottlerException' }))).toEqual(['rateLimit', 'GET /u/:id']);
    expect(group({ msBeforeNext: 500, remainingPoints: 0 })).toEqual(['rateLimit', 'GET /u/:id']);
    expect(group(Object.assign(new Error('x'), { status: 429 }))).toBeUndefined(); // the answer of somebody else
  });

  test('group timeouts by operation', async () => {
    const rxjs = await failureOf(() => firstValueFrom(NEVER.pipe(timeout(1))));
    const aborted = await failureOf(() =>
      fetch('http://127.0.0.1:9', { signal: AbortSignal.abort(new DOMException('late', 'TimeoutError')) }),
    );
    for (const error of [rxjs, aborted, new RequestTimeoutException(), new GatewayTimeoutException()]) {
      expect(group(error)).toEqual(['timeout', 'OrdersController.find']);
      expect(group(error, { operation: 'checkout.pay' })).toEqual(['timeout', 'checkout.pay']);
    }
  });

  test('group failed calls by service, also as cause of an exception with a status', async () => {
    const failed = await failureOf(() => fetch('http://no-such-host.invalid/charges/1'));
    const expected = ['externalApi', 'no-such-host.invalid', 'fetch'];
    expect(group(failed)?.slice(0, 3)).toEqual(expected);
    expect(group(new BadGatewayException('Payment', { cause: failed }))?.slice(0, 3)).toEqual(expected);
    expect(group(new Error('Checkout failed', { cause: failed }))).toBeUndefined(); // an error with a meaning of its own
  });

  test('group database errors that are the cause of an exception with a status', () => {
    const cause = {
      name: 'SqliteError',
      code: 'SQLITE_CONSTRAINT_UNIQUE',
      message: 'UNIQUE constraint failed: customer.email',
    };
    const error = new InternalServerErrorException('Could not save', { cause });
    expect(group(error)).toEqual(['database', 'QUERY', 'SQLITE_CONSTRAINT_UNIQUE', 'customer.email']);
    expect(group(cause, { statement: "INSERT INTO customer VALUES ('a')" })?.[1]).toBe('INSERT');
  });

  test('group messages and thrown strings by their constant parts', () => {
    const message = (text: string) => group(undefined, { exceptionType: undefined, message: text });
    expect(message('Order 17 of /u/1 is late')).toEqual(['message', 'Order <n> of /u/:id is late']);
    expect(message('Order 18 of /u/2 is late')).toEqual(message('Order 17 of /u/1 is late'));
    expect(group('Order 17 is late')).toEqual(['message', 'Order <n> is late']);
    expect(message('Nothing varies')).toBeUndefined();
    expect(group(new Error('Order 17 is late'), { message: 'Order 17 is late' })).toBeUndefined();
  });

  test('can be disabled, one or all', () => {
    const without = strict({ presets: { auth: false } });
    expect(without(new UnauthorizedException())).toBeUndefined();
    expect(without(new HttpException('', 429))).toEqual(['rateLimit', 'GET /u/:id']);
    expect(strict({ presets: false })(new HttpException('', 429))).toBeUndefined();
  });

  test.each<[string, object, string[]]>([
    [
      'Prisma, unique',
      {
        name: 'PrismaClientKnownRequestError',
        clientVersion: '6',
        code: 'P2002',
        message: 'Invalid `prisma.user.create()` invocation',
        meta: { modelName: 'User', target: ['email'] },
      },
      ['database', 'create', 'P2002', 'User.email'],
    ],
    [
      'Objection',
      {
        name: 'UniqueViolationError',
        message: 'insert into "c" ("email") values (?) - duplicate key value violates unique constraint "c_email"',
        nativeError: { name: 'error', severity: 'ERROR', routine: '_bt_check', code: '23505', constraint: 'c_email' },
      },
      ['database', 'INSERT', '23505', 'c_email'],
    ],
    [
      'the pool of knex',
      { name: 'KnexTimeoutError', message: 'Knex: Timeout acquiring a connection. The pool is probably full.' },
      ['database', 'CONNECT', 'pool_timeout', 'Knex: Timeout acquiring a connection. The pool is probably full.'],
    ],
    [
      'postgres.js without its server',
      { name: 'Error', message: 'write CONNECTION_CLOSED localhost:5432', code: 'CONNECTION_CLOSED' },
      ['database', 'CONNECT', 'CONNECTION_CLOSED', 'write CONNECTION_CLOSED localhost:<n>'],
    ],
    [
      'Prisma, named foreign key',
      {
        name: 'PrismaClientKnownRequestError',
        clientVersion: '6',
        code: 'P2003',
        message: '\nInvalid `this.db.order.update()` invocation in\n/app/x.ts',
        meta: { constraint: 'order_user_fkey' },
      },
      ['database', 'update', 'P2003', 'order_user_fkey'],
    ],
    [
      'MongoDB, duplicate key',
      {
        name: 'MongoServerError',
        code: 11000,
        keyPattern: { email: 1 },
        message: 'E11000 duplicate key error collection: shop.users index: email_1 dup key: { email: "a" }',
      },
      ['database', 'WRITE', '11000', 'email_1'],
    ],
    [
      'MySQL 8, duplicate key with a hostile value',
      {
        code: 'ER_DUP_ENTRY',
        errno: 1062,
        sqlState: '23000',
        sqlMessage: "Duplicate entry 'x' for key 'y'' for key 'users.email_unique'",
        sql: 'INSERT INTO users VALUES (1)',
      },
      ['database', 'INSERT', 'ER_DUP_ENTRY', 'email_unique'],
    ],
    [
      'Drizzle over pg',
      {
        query: 'insert into "users" values ($1)',
        cause: { code: '23505', severity: 'ERROR', routine: 'x', constraint: 'users_pkey' },
        message: 'Failed query',
      },
      ['database', 'INSERT', '23505', 'users_pkey'],
    ],
    [
      'PostgreSQL out of reach',
      { code: 'ECONNREFUSED', errors: [{ code: 'ECONNREFUSED', port: 5432, address: '::1' }], message: '' },
      ['database', 'CONNECT', 'ECONNREFUSED', ''],
    ],
    [
      'TypeORM, not found',
      { name: 'EntityNotFoundError', entityClass: DatabaseError, criteria: { id: 5 }, message: 'x' },
      ['database', 'FIND', 'EntityNotFoundError', 'DatabaseError'],
    ],
  ])('know %s by shape', (_, error, expected) => {
    expect(group(error)).toEqual(expected);
  });

  test('never throw, whatever the error, and return strings only', () => {
    const hostile = new Proxy(new Error('x'), { get: () => { throw new Error('no'); }, getPrototypeOf: () => { throw new Error('no'); } }); // prettier-ignore
    const names = fc.constantFrom(
      'name',
      'code',
      'message',
      'status',
      'query',
      'sql',
      'cause',
      'driverError',
      'errors',
      'config',
      'isAxiosError',
      'meta',
      'clientVersion',
      'path',
      'options',
      'port',
    );
    const value = fc.oneof(
      fc.anything({ maxDepth: 2 }),
      fc.constantFrom(
        'QueryFailedError',
        'PrismaClientX',
        'MongoX',
        'SqlError',
        'HTTPError',
        'fetch failed',
        'TypeError',
        true,
      ),
    );
    const cyclic: Record<string, unknown> = { query: 'SELECT 1' };
    cyclic.driverError = cyclic.cause = cyclic;
    const errors = fc.oneof(fc.anything(), fc.dictionary(names, value), fc.constant(hostile), fc.constant(cyclic));
    fc.assert(
      fc.property(errors, fc.option(fc.string(), { nil: undefined }), (error, transaction) => {
        const fingerprint = group(error, { transaction });
        expect(fingerprint?.every((part) => typeof part === 'string') ?? true).toBe(true);
        expect(typeof groupKey(fingerprint, error, EVENT)).toBe('string');
        expect(() => databaseFacts(error)).not.toThrow();
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('groupKey', () => {
  const throwAt = (id: number): Error => new Error(`User ${id} not found at /u/${id}`);

  test('is the same for different values, and different for another location, type or handler', () => {
    const key = (error: unknown, event = EVENT) => groupKey(undefined, error, event);
    expect(key(throwAt(1))).toBe(key(throwAt(2)));
    expect(key(throwAt(1))).not.toBe(key(new Error('User 1 not found at /u/1')));
    expect(key('text 1')).toBe(key('text 2'));
    expect(key(throwAt(1))).not.toBe(key(throwAt(1), { ...EVENT, handler: 'Other.find' }));
  });

  test('is the fingerprint if there is one, with the default filled in', () => {
    expect(groupKey(['a', 'b'], throwAt(1), EVENT)).toBe(groupKey(['a', 'b'], new TypeError(), {}));
    expect(groupKey(['{{ default }}', 'b'], throwAt(1), EVENT)).toBe(
      groupKey(['{{ default }}', 'b'], throwAt(2), EVENT),
    );
    expect(groupKey(['{{ default }}', 'b'], throwAt(1), EVENT)).not.toBe(
      groupKey(['{{ default }}', 'b'], new TypeError(), EVENT),
    );
  });

  test('finds the location after a message that looks like a stack', () => {
    const deceiving = (line: string): Error => new Error(`x\n    at ${line}\n    at b`);
    expect(groupKey(undefined, deceiving('a'), EVENT)).toContain('grouping.spec');
  });
});
