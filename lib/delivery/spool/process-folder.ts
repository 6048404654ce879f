import { closeSync, existsSync, openSync, readdirSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { guarded } from '../../stats/stats.js';
import type { Category } from '../categories.js';
import { makeFolder, sharedFolder, UnusableFolder } from './folders.js';
import { HEARTBEAT_FILE, ownerName, RELEASED_PREFIX, STALE_AFTER } from './owner.js';

/** Errors of a path that leads nowhere. */
const GONE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

/** The folder of this process, with the heartbeat that shows other processes that it is alive. */
export class ProcessFolder {
  private current: string | undefined;
  private sequence = 0;
  private lastHeartbeat = 0;

  constructor(
    private readonly directory: string,
    private readonly name: string,
    private readonly now: () => number,
  ) {}

  get path(): string | undefined {
    return this.current;
  }

  /** @throws if it cannot be created */
  open(): void {
    let folder: string | undefined;
    try {
      folder = join(sharedFolder(this.directory, this.name), ownerName());
      makeFolder(folder);
      closeSync(openSync(join(folder, HEARTBEAT_FILE), 'wx', 0o600));
    } catch (error) {
      if (folder !== undefined) removeQuietly(folder);
      throw error;
    }
    this.current = folder;
    // Allocates the block of the file, so that the next heartbeat succeeds on a full disk. If it is full already,
    // sending the abandoned on it makes room.
    this.heartbeat();
  }

  /** @returns false if the folder is gone */
  heartbeat(): boolean {
    this.lastHeartbeat = this.now();
    if (this.current === undefined) return true;
    try {
      const fd = openSync(join(this.current, HEARTBEAT_FILE), 'r+');
      writeSync(fd, '.', 0);
      closeSync(fd);
      return true;
    } catch (error) {
      // A full disk prevents the heartbeat, but the folder still exists.
      return !GONE.has((error as NodeJS.ErrnoException).code ?? '');
    }
  }

  /** Whether other processes may have considered this one dead. */
  get isHeartbeatOverdue(): boolean {
    return this.current !== undefined && this.now() - this.lastHeartbeat > STALE_AFTER / 2;
  }

  get isGone(): boolean {
    return this.current !== undefined && !existsSync(this.current);
  }

  time(): number {
    return this.current === undefined ? this.now() : statSync(join(this.current, HEARTBEAT_FILE)).mtimeMs;
  }

  nextSegmentPath(category: Category): string {
    if (this.current === undefined) throw new UnusableFolder('there is no folder');
    return join(this.current, `${category}.${String(++this.sequence).padStart(6, '0')}.seg`);
  }

  forget(): void {
    this.current = undefined;
  }

  /**
   * Removes the folder, or renames it so that any process may adopt it.
   *
   * @param isEmpty - whether it may be removed; it is kept anyway if it holds the folder of another process
   */
  release(isEmpty: boolean): void {
    const { current: folder } = this;
    if (folder === undefined) return;
    this.forget();
    guarded('spool', () => {
      if (isEmpty && !readdirSync(folder, { withFileTypes: true }).some((entry) => entry.isDirectory()))
        rmSync(folder, { recursive: true, force: true });
      else renameSync(folder, join(dirname(folder), `${RELEASED_PREFIX}${basename(folder)}`));
    });
  }
}

/** Otherwise every failed attempt would leave another folder. */
function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // the disk does not allow even that
  }
}
