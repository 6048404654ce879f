import type { PoolStatus } from '../context/failed-queries.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';

/** A data source with a pool; it is not kept alive. */
interface Pool {
  readonly owner: WeakRef<object>;
  readonly name: string;
  readonly read: (owner: object) => PoolStatus | undefined;
}

const MAX_POOLS = 100;

const pools = processWide('pools', () => [] as Pool[]);

/**
 * Shows a connection pool in `tracker.status().pools`. If another one has this name, a number is added.
 *
 * @param read - called for each status; undefined while there is no pool
 */
export function registerPool<T extends object>(
  owner: T,
  name: string,
  read: (owner: T) => PoolStatus | undefined,
): void {
  const alive = pools.filter((pool) => pool.owner.deref() !== undefined);
  if (alive.some((pool) => pool.owner.deref() === owner) || alive.length >= MAX_POOLS) return;
  pools.splice(0, pools.length, ...alive, { owner: new WeakRef(owner), name, read: read as Pool['read'] });
}

export function poolStatus(): Record<string, PoolStatus> {
  const status: Record<string, PoolStatus> = {};
  for (const { owner, name, read } of pools) {
    const source = owner.deref();
    const state = source && guarded('pool-status', () => read(source));
    if (state) status[freeName(name, status)] = state;
  }
  return status;
}

function freeName(name: string, taken: object): string {
  let free = name;
  for (let number = 2; Object.hasOwn(taken, free); number++) free = `${name}-${number}`;
  return free;
}
