import { chmodSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const OWNER_ONLY = 0o700;
const OTHERS = 0o077;

/** A folder that must not be used. */
export class UnusableFolder extends Error {}

/**
 * Creates the folder below `directory` that all processes with the same DSN share.
 *
 * `directory` itself may belong to root, like a mounted volume or the system's temp folder. Folders below it must belong to
 * this user: another user could read or inject events.
 *
 * @throws if it cannot be created, is a link, or belongs to another user
 */
export function sharedFolder(directory: string, name: string): string {
  makeWithParents(directory);
  check(directory, true);
  const folder = join(directory, name);
  makeFolder(folder);
  return folder;
}

/**
 * Node's own recursive `mkdir` never returns where a file system refuses new folders with ENOENT although the parent
 * exists, as `/proc` does.
 */
function makeWithParents(directory: string): void {
  const parent = dirname(directory);
  if (parent !== directory && !existsSync(parent)) makeWithParents(parent);
  try {
    mkdirSync(directory, { mode: OWNER_ONLY });
  } catch (error) {
    if (!existsSync(directory)) throw error;
  }
}

/** Creates a folder that only this user can access. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: OWNER_ONLY });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if ((check(folder, false) & OTHERS) !== 0 && process.platform !== 'win32') chmodSync(folder, OWNER_ONLY);
}

/** @returns the permissions */
function check(folder: string, mayBeRoots: boolean): number {
  const stat = lstatSync(folder);
  if (stat.isSymbolicLink()) throw new UnusableFolder(`${folder} is a symbolic link`);
  if (!stat.isDirectory()) throw new UnusableFolder(`${folder} is not a folder`);
  const user = process.getuid?.();
  if (user !== undefined && stat.uid !== user && !(mayBeRoots && stat.uid === 0)) {
    throw new UnusableFolder(`${folder} belongs to another user`);
  }
  return stat.mode & 0o777;
}
