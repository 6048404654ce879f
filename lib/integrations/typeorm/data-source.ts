import { types } from 'node:util';
import type { PoolStatus } from '../../context/failed-queries.js';
import { definedBy } from '../../hooks/provider-prototypes.js';

/** A data source, by its shape. */
export interface DataSource {
  readonly options: { readonly type?: unknown; readonly name?: unknown; readonly database?: unknown };
  readonly driver?: {
    readonly master?: unknown;
    readonly pool?: unknown;
    /** With replication. */
    readonly slaves?: unknown;
    /** Of MySQL and MariaDB with replication: its pools by their names, the master's being `MASTER`. */
    readonly poolCluster?: { readonly _nodes?: Readonly<Record<string, { readonly pool?: unknown }>> };
  };
  createQueryRunner(...args: unknown[]): QueryRunner;
}

/** A query runner, by its shape. */
export interface QueryRunner {
  /** TypeORM 1 and later. */
  readonly dataSource?: object;
  /** TypeORM 0.3. */
  readonly connection?: object;
  /** Once it is connected; not with SQLite. */
  readonly databaseConnection?: unknown;
  query(sql: unknown, ...rest: unknown[]): unknown;
  /** Resolves with a readable stream of rows. */
  stream(sql: unknown, ...rest: unknown[]): unknown;
  connect(): unknown;
}

/** The names of OpenTelemetry for those of TypeORM. */
const SYSTEMS: Record<string, string> = {
  postgres: 'postgresql',
  'aurora-postgres': 'postgresql',
  'aurora-mysql': 'mysql',
  sqljs: 'sqlite',
  'better-sqlite3': 'sqlite',
  capacitor: 'sqlite',
  cordova: 'sqlite',
  expo: 'sqlite',
  nativescript: 'sqlite',
  'react-native': 'sqlite',
};

/** Recognises a data source without calling or reading anything of other objects than their own data. */
export function isDataSource(value: unknown): value is DataSource {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const options: unknown = Object.getOwnPropertyDescriptor(value, 'options')?.value;
  return (
    typeof options === 'object' &&
    definedBy<DataSource>(value, 'createQueryRunner') !== undefined &&
    'initialize' in value
  );
}

export function systemOf({ options: { type } }: DataSource): string | undefined {
  if (typeof type !== 'string') return undefined;
  return Object.hasOwn(SYSTEMS, type) ? SYSTEMS[type] : type;
}

interface PgPool {
  totalCount?: unknown;
  idleCount?: unknown;
  waitingCount?: unknown;
}
interface MysqlPool {
  _allConnections?: { length?: unknown };
  _freeConnections?: { length?: unknown };
  _connectionQueue?: { length?: unknown };
}
interface TarnPool {
  size?: unknown;
  available?: unknown;
  pending?: unknown;
}

/**
 * The state of the pools of PostgreSQL, MySQL, MariaDB or SQL Server: of the master, and of each replica. Empty for others,
 * and without a connection.
 */
export function poolsOf({ driver }: DataSource): PoolStatus[] {
  const { MASTER: master, ...replicas } = driver?.poolCluster?._nodes ?? {};
  const slaves = Array.isArray(driver?.slaves) ? (driver.slaves as unknown[]) : [];
  const pools = [
    driver?.pool ?? driver?.master ?? master?.pool,
    ...slaves,
    ...Object.values(replicas).map(({ pool }) => pool),
  ];
  return pools.map(poolStatusOf).filter((status) => status !== undefined);
}

/** The pool that has no connection left, as far as their states tell. */
export function exhaustedPoolOf(dataSource: DataSource): PoolStatus | undefined {
  const [most] = poolsOf(dataSource).sort(
    (one, other) => other.waiting - one.waiting || one.idle - other.idle || other.size - one.size,
  );
  return most;
}

function poolStatusOf(pool: unknown): PoolStatus | undefined {
  if (typeof pool !== 'object' || pool === null) return undefined;
  const { totalCount, idleCount, waitingCount } = pool as PgPool;
  const { _allConnections: all, _freeConnections: free, _connectionQueue: queue } = pool as MysqlPool;
  const { size, available, pending } = pool as TarnPool;
  return (
    status(totalCount, idleCount, waitingCount) ??
    status(all?.length, free?.length, queue?.length) ??
    status(size, available, pending)
  );
}

function status(size: unknown, idle: unknown, waiting: unknown): PoolStatus | undefined {
  return typeof size === 'number' && typeof idle === 'number' && typeof waiting === 'number'
    ? { size, idle, waiting }
    : undefined;
}

/** Statements that only read; TypeORM on sql.js gives them the number of rows that an earlier one has changed. */
const READS = /^\s*\(?(?:select|show|pragma|values)\b/i;

/** Rows that a query returned, or changed; undefined if its result does not tell. */
export function rowsOf(sql: string, result: unknown): number | undefined {
  if (Array.isArray(result)) {
    // PostgreSQL answers UPDATE and DELETE with the rows and their number.
    const [rows, affected] = result as unknown[];
    return result.length === 2 && Array.isArray(rows) && typeof affected === 'number' ? affected : result.length;
  }
  if (typeof result !== 'object' || result === null) return undefined;
  const { records, affected, affectedRows } = result as Record<string, unknown>;
  if (Array.isArray(records) && (records.length > 0 || READS.test(sql))) return records.length;
  const changed = affected ?? affectedRows;
  if (typeof changed === 'number') return changed;
  return Array.isArray(records) ? 0 : undefined;
}
