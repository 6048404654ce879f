import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** The file by whose time a process in another container or on another host is seen to be alive. */
export const HEARTBEAT = 'alive';
/** How old a heartbeat may be. */
export const STALE_AFTER = 30_000;
/** The folder of a process that has ended in order begins with this: anyone may take it. */
export const FREE = 'free-';

const OWNER = /^([0-9a-f]{8})-(\d+)-(\d+)-[0-9a-f]{8}$/;

const place = placeOfProcess();

/** The name of this process's folder: where pids mean the same, pid, start time, and something that nobody else has. */
export function ownerName(): string {
  return `${place}-${process.pid}-${startOf(process.pid)?.start ?? 0}-${randomBytes(4).toString('hex')}`;
}

/**
 * Whether the process that this folder belongs to is gone, so that what it left may be taken.
 *
 * @param now - the present time by the clock of the file system
 */
export function isAbandoned(folder: string, name: string, now: number): boolean {
  if (name.startsWith(FREE)) return true;
  const [, ownersPlace, pid, start] = OWNER.exec(name) ?? [];
  if (pid === undefined) return false;
  return ownersPlace === place ? isGone(Number(pid), Number(start)) : isStale(folder, now);
}

function isGone(pid: number, start: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const running = startOf(pid);
  // Ended, but its parent has not asked for its exit code; or its pid went to another process.
  return running !== undefined && (running.isZombie || (start !== 0 && running.start !== start));
}

function isStale(folder: string, now: number): boolean {
  for (const path of [join(folder, HEARTBEAT), folder]) {
    try {
      return now - statSync(path).mtimeMs > STALE_AFTER;
    } catch {
      continue; // no heartbeat: the folder's own time; no folder: somebody has taken it
    }
  }
  return false;
}

/** When a process was started, in ticks since the boot; undefined where the system does not say. */
function startOf(pid: number): { start: number; isZombie: boolean } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name of the program stands in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { isZombie: fields[0] === 'Z' || fields[0] === 'X', start: Number(fields[19]) };
  } catch {
    return undefined;
  }
}

/** Says where a pid means one process: a boot of a kernel and a namespace of pids, else the host. */
function placeOfProcess(): string {
  let where = hostname();
  try {
    where = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8') + readlinkSync('/proc/self/ns/pid');
  } catch {
    // not Linux: the host's name has to do
  }
  return createHash('sha256').update(where).digest('hex').slice(0, 8);
}
