import type { PoolStatus } from '../context/failed-queries.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';

/** A data source with its pools; it is not kept alive. */
interface Pools {
  readonly owner: WeakRef<object>;
  readonly name: string;
  readonly read: (owner: object) => readonly PoolStatus[];
}

const MAX_POOLS = 100;

const pools = processWide('pools', () => [] as Pools[]);

/**
 * Shows connection pools in `tracker.status().pools`: the first one by this name, further ones as its replicas. If another
 * one has a name, a number is added.
 *
 * @param read - called for each status; empty while there is no pool
 */
export function registerPools<T extends object>(
  owner: T,
  name: string,
  read: (owner: T) => readonly PoolStatus[],
): void {
  const alive = pools.filter((pool) => pool.owner.deref() !== undefined);
  if (alive.some((pool) => pool.owner.deref() === owner) || alive.length >= MAX_POOLS) return;
  pools.splice(0, pools.length, ...alive, { owner: new WeakRef(owner), name, read: read as Pools['read'] });
}

export function poolStatus(): Record<string, PoolStatus> {
  const status: Record<string, PoolStatus> = {};
  for (const { owner, name, read } of pools) {
    const source = owner.deref();
    const states = (source && guarded('pool-status', () => read(source))) ?? [];
    for (const [index, state] of states.entries())
      status[freeName(index === 0 ? name : `${name}-replica-${index}`, status)] = state;
  }
  return status;
}

function freeName(name: string, taken: object): string {
  let free = name;
  for (let number = 2; Object.hasOwn(taken, free); number++) free = `${name}-${number}`;
  return free;
}
