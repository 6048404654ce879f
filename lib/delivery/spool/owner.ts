import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** The modification time of this file shows processes in other containers and on other hosts that its owner is alive. */
export const HEARTBEAT_FILE = 'alive';
/** Maximum age of a heartbeat, in milliseconds. */
export const STALE_AFTER = 30_000;
/** Prefix of a folder that its process has released: any process may adopt it. */
export const RELEASED_PREFIX = 'free-';

const OWNER = /^([0-9a-f]{8})-(\d+)-(\d+)-[0-9a-f]{8}$/;

const pidNamespace = pidNamespaceId();

/** The name of this process's folder: pid namespace, pid, start time and a random part. */
export function ownerName(): string {
  return `${pidNamespace}-${process.pid}-${processStart(process.pid)?.start ?? 0}-${randomBytes(4).toString('hex')}`;
}

/**
 * Whether the process that owns this folder is gone, so that the folder may be adopted.
 *
 * @param now - the current time of the file system clock
 */
export function isAbandoned(folder: string, name: string, now: number): boolean {
  if (name.startsWith(RELEASED_PREFIX)) return true;
  const [, ownerNamespace, pid, start] = OWNER.exec(name) ?? [];
  if (pid === undefined) return false;
  return ownerNamespace === pidNamespace ? isGone(Number(pid), Number(start)) : isStale(folder, now);
}

function isGone(pid: number, start: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const running = processStart(pid);
  // A zombie, or another process with the same pid.
  return running !== undefined && (running.isZombie || (start !== 0 && running.start !== start));
}

function isStale(folder: string, now: number): boolean {
  for (const path of [join(folder, HEARTBEAT_FILE), folder]) {
    try {
      return now - statSync(path).mtimeMs > STALE_AFTER;
    } catch {
      continue; // no heartbeat: the time of the folder counts; no folder: another process has adopted it
    }
  }
  return false;
}

/** When a process started, in ticks since boot; undefined if the system does not provide it. */
function processStart(pid: number): { start: number; isZombie: boolean } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The program name is in parentheses and may contain anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { isZombie: fields[0] === 'Z' || fields[0] === 'X', start: Number(fields[19]) };
  } catch {
    return undefined;
  }
}

/** Identifies where a pid is unique: a boot of the kernel and a pid namespace, else the host. */
function pidNamespaceId(): string {
  let namespace = hostname();
  try {
    namespace = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8') + readlinkSync('/proc/self/ns/pid');
  } catch {
    // not Linux: only the host name is available
  }
  return createHash('sha256').update(namespace).digest('hex').slice(0, 8);
}
