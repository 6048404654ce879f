import { trackingApplication } from '../../hooks/explorer.js';
import { trackedApplication } from '../../capture/application-registry.js';
import { isActive } from '../../client/state.js';
import { applicationOf } from '../../context/applications.js';
import { currentExecution } from '../../context/execution.js';
import { countQuery } from '../../queries/repeated-queries.js';
import type { QuerySource } from '../../queries/query-source.js';
import { RunningQuery, surroundingQuery, withinQuery } from '../../queries/running-query.js';
import { guarded } from '../../stats/stats.js';
import { compileQuerySettings, typeOrmShape, type TypeOrmOptions } from '../typeorm/typeorm-options.js';

/** What Prisma tells an extension about an operation. */
export interface PrismaOperation {
  /** Undefined for raw queries. */
  model?: string | undefined;
  operation: string;
  args: unknown;
  query: (args: never) => Promise<unknown>;
}

/** An extension of Prisma, as `prisma.$extends()` takes it. */
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
 * export const prisma = new PrismaClient({ adapter }).$extends(trackPrisma());
 * ```
 *
 * Each operation is a breadcrumb: the statements that its driver sends, if the SDK instruments that driver (`pg`,
 * `mysql2`), otherwise its name (`User.findMany`). Slow and repeated operations are reported by their name.
 *
 * @throws ConfigurationError - if an option is unknown or has a wrong value
 */
export function trackPrisma(options: TypeOrmOptions = {}): PrismaExtension {
  typeOrmShape(options, 'prisma');
  const source: QuerySource = { dataSource: 'prisma', settings: compileQuerySettings(options) };
  const $allOperations = async (operation: PrismaOperation): Promise<unknown> => {
    const { args, query } = operation;
    const call = () => query(args as never);
    const running = guarded('prisma-hooks', () => begin(operation, source, $allOperations));
    if (!running) return call();
    try {
      // Prisma runs an operation once it is awaited.
      const result = await withinQuery(running, async () => await call());
      running.finish(guarded('prisma-hooks', () => rowsOf(operation.operation, result)));
      return result;
    } catch (error) {
      running.fail(error);
      throw error;
    }
  };
  return { name: NAME, query: { $allOperations } };
}

function begin(
  { model, operation }: PrismaOperation,
  source: QuerySource,
  called: PrismaExtension['query']['$allOperations'],
): RunningQuery | undefined {
  if (!isActive() || surroundingQuery() || isSwitchedOff()) return undefined;
  const text = model === undefined ? operation : `${model}.${operation}`;
  if (!RAW.has(operation)) countQuery(text, source, called);
  return new RunningQuery(text, source, false);
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
