import { readdirSync, renameSync, unlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makeFolder } from './folders.js';

const FOLDER = 'set-aside';
/** Damaged files are kept for inspection. */
const MAX_KEPT = 5;

/** Moves a damaged file to a separate folder, and keeps only the newest five. */
export function quarantine(path: string, root: string, now: number): void {
  const folder = join(root, FOLDER);
  makeFolder(folder);
  renameSync(path, join(folder, `${String(now).padStart(15, '0')}-${basename(path)}.corrupt`));
  for (const name of readdirSync(folder).sort().slice(0, -MAX_KEPT)) unlinkSync(join(folder, name));
}
