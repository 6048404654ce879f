import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const OWNER_ONLY = 0o700;
const OTHERS = 0o077;

/** Why a folder is not used. */
export class UnusableFolder extends Error {}

/**
 * Makes the folder that all processes share which send to the same place, below `directory`.
 *
 * `directory` itself may belong to root, as a mounted volume or the system's temp folder does. What is below must be
 * ours: somebody else could read what we write there, or give us something to send.
 *
 * @throws where it cannot be made, is a link, or belongs to another user
 */
export function sharedFolder(directory: string, name: string): string {
  mkdirSync(directory, { recursive: true, mode: OWNER_ONLY });
  check(directory, true);
  const folder = join(directory, name);
  makeFolder(folder);
  return folder;
}

/** Makes one folder that only this user can read. */
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
  if (!stat.isDirectory()) throw new UnusableFolder(`${folder} is no folder`);
  const user = process.getuid?.();
  if (user !== undefined && stat.uid !== user && !(mayBeRoots && stat.uid === 0)) {
    throw new UnusableFolder(`${folder} belongs to another user`);
  }
  return stat.mode & 0o777;
}
