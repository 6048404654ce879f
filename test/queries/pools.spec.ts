import { exhaustedPoolOf, poolsOf, type DataSource } from '../../lib/integrations/typeorm/data-source';
import { poolStatus, registerPools } from '../../lib/queries/pools';

const postgres = (totalCount: number, idleCount: number, waitingCount: number) => ({
  totalCount,
  idleCount,
  waitingCount,
});
const mysql = (all: number, free: number, queue: number) => ({
  pool: { _allConnections: { length: all }, _freeConnections: { length: free }, _connectionQueue: { length: queue } },
});
const sourceOf = (driver: DataSource['driver']) => ({ options: {}, driver }) as unknown as DataSource;

test.each<[string, DataSource['driver']]>([
  ['PostgreSQL', { master: postgres(1, 1, 0), slaves: [postgres(0, 0, 0), postgres(4, 0, 3)] }],
  ['MariaDB', { poolCluster: { _nodes: { SLAVE0: mysql(0, 0, 0), SLAVE1: mysql(4, 0, 3), MASTER: mysql(1, 1, 0) } } }],
])('the pools of a replicated %s', (name, driver) => {
  const source = sourceOf(driver);
  registerPools(source, name, poolsOf);
  expect(poolStatus()).toMatchObject({
    [name]: { size: 1, idle: 1, waiting: 0 },
    [`${name}-replica-1`]: { size: 0, idle: 0, waiting: 0 },
    [`${name}-replica-2`]: { size: 4, idle: 0, waiting: 3 },
  });
  expect(exhaustedPoolOf(source)).toEqual({ size: 4, idle: 0, waiting: 3 });
});

test.each([
  [[postgres(4, 0, 0), postgres(0, 0, 0)], 4],
  [[postgres(2, 1, 0), postgres(3, 0, 0)], 3],
])('the exhausted pool, once its callers have given up', ([master, ...slaves], size) => {
  expect(exhaustedPoolOf(sourceOf({ master, slaves }))).toMatchObject({ size });
});

test('without a connection', () => {
  expect(poolsOf(sourceOf(undefined))).toEqual([]);
  expect(exhaustedPoolOf(sourceOf({ pool: null }))).toBeUndefined();
});
