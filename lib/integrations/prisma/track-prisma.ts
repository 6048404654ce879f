import { trackingApplication } from '../../hooks/explorer.js';
import { trackedApplication } from '../../capture/application-registry.js';
import { isActive } from '../../client/state.js';
import { applicationOf } from '../../context/applications.js';
import { currentExecution } from '../../context/execution.js';
import { countQuery } from '../../queries/repeated-queries.js';
import type { QuerySource } from '../../queries/query-source.js';
import { RunningQuery, surroundingQuery, withinQuery } from '../../queries/running-query.js';
import { statementOf } from '../../queries/statements.js';
import { guarded } from '../../stats/stats.js';
import { Batches } from './batches.js';
import type { PrismaOperation } from './prisma-operation.js';
import { compileQuerySettings, typeOrmShape, type TypeOrmOptions } from '../typeorm/typeorm-options.js';

/**
 * An extension of Prisma, as `prisma.$extends()` takes it.
 *
 * @example
 * ```ts
 * import { type PrismaExtension, trackPrisma } from 'nestjs-error-tracker/prisma';
 *
 * export const tracking: PrismaExtension = trackPrisma({ slowerThan: '500ms' });
 * ```
 */
export interface PrismaExtension {
  name: string;
  query: { $allOperations: (operation: PrismaOperation) => Promise<unknown> };
}

const NAME = 'nestjs-error-tracker';
const RAW = new Set(['$queryRaw', '$executeRaw', '$queryRawUnsafe', '$executeRawUnsafe']);

/**
 * An extension that tracks a Prisma client:
 *
 * ```ts
 * import { PrismaPg } from '@prisma/adapter-pg';
 * import { PrismaClient } from '@prisma/client';
 * import { trackPrisma } from 'nestjs-error-tracker/prisma';
 *
 * const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL });
 * export const prisma = new PrismaClient({ adapter }).$extends(trackPrisma());
 * ```
 *
 * Each operation is a breadcrumb: the statements that its driver sends, if the SDK instruments that driver (`pg`,
 * `mysql2`), otherwise its name (`User.findMany`), or the statement of a raw query. So are slow and repeated ones reported.
 *
 * @throws ConfigurationError - if an option is unknown or has a wrong value
 */
export function trackPrisma(options: TypeOrmOptions = {}): PrismaExtension {
  typeOrmShape(options, 'prisma');
  const source: QuerySource = {
    dataSource: 'prisma',
    settings: compileQuerySettings(options),
    driver: { statements: 0 },
  };
  const batches = new Batches();
  const $allOperations = async (operation: PrismaOperation): Promise<unknown> => {
    const { args, query } = operation;
    const call = () => query(args as never);
    const running = guarded('prisma-hooks', () => begin(operation, source, batches));
    if (!running) return call();
    // Now that the operation is over, the functions that wait for it are its callers.
    const count = () =>
      guarded('prisma-hooks', () => {
        for (const { text, source } of running.statements ?? [running]) countQuery(text, source, $allOperations);
      });
    try {
      // Prisma runs an operation once it is awaited.
      const result = await withinQuery(running, async () => await call());
      running.finish(guarded('prisma-hooks', () => rowsOf(operation.operation, result)));
      count();
      return result;
    } catch (error) {
      running.fail(error);
      count();
      throw error;
    }
  };
  return { name: NAME, query: { $allOperations } };
}

function begin(called: PrismaOperation, source: QuerySource, batches: Batches): RunningQuery | undefined {
  if (!isActive() || surroundingQuery() || isSwitchedOff()) return undefined;
  const { model, operation, args } = called;
  const sql = RAW.has(operation) ? rawStatement(args) : undefined;
  if (sql !== undefined) return new RunningQuery(statementOf(sql, source.driver?.system).text, source, 'raw operation');
  const running = new RunningQuery(model === undefined ? operation : `${model}.${operation}`, source, 'operation');
  if (batches.join(called)) running.joinOther();
  return running;
}

/** Of `$queryRaw` and `$executeRaw`, an object of Prisma; of the others, their first argument. */
function rawStatement(args: unknown): string | undefined {
  const { sql } = args as { sql?: unknown };
  const statement: unknown = Array.isArray(args) ? args[0] : sql;
  return typeof statement === 'string' ? statement : undefined;
}

function isSwitchedOff(): boolean {
  const modules = trackedApplication(applicationOf(currentExecution()))?.modules;
  return modules !== undefined && trackingApplication(modules, 'prisma') === undefined;
}

function rowsOf(operation: string, result: unknown): number | undefined {
  if (Array.isArray(result)) return result.length;
  if (typeof result === 'number') return RAW.has(operation) ? result : undefined;
  if (result === null) return 0;
  const { count } = result as { count?: unknown };
  return typeof count === 'number' ? count : 1;
}
