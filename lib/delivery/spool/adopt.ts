import { constants } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { guarded } from '../../stats/stats.js';
import { isCategory, type Category } from '../categories.js';
import { isAbandoned } from './owner.js';
import { HEADER_BYTES, scanRecords, type FoundRecord } from './record.js';
import type { RecordLocation } from './segment.js';
import { setAside } from './set-aside.js';
import type { Spool } from './spool.js';
import { warnOnce } from './warn.js';

/** One envelope that another process has left. */
export interface Orphan {
  category: Category;
  items: number;
  since: number;
  size: number;
  place?: RecordLocation;
  /** There where its file was damaged and could not be kept. */
  bytes?: Buffer;
}

export interface Adopter {
  found(orphans: Orphan[]): void;
  /** A file of which something could not be read. */
  damaged(): void;
}

/** Larger than any segment: not read, but set aside. */
const LARGEST_FILE = 64 * 1_048_576;

/**
 * Takes over what processes have left that are gone. Renaming their folder is what makes it ours: of several that try,
 * one succeeds.
 */
export async function adoptOrphans(spool: Spool, adopter: Adopter): Promise<void> {
  const own = spool.ownFolder;
  if (own === undefined) return;
  const root = dirname(own);
  const now = spool.fileTime();
  // What could not be read the last time, for want of file descriptors or room.
  for (const folder of await foldersIn(own)) await adoptFolder(spool, join(own, folder), adopter);
  for (const name of await foldersIn(root)) {
    if (name === basename(own) || !isAbandoned(join(root, name), name, now)) continue;
    const taken = join(own, name);
    try {
      await rename(join(root, name), taken);
    } catch {
      continue; // another process was quicker
    }
    await adoptFolder(spool, taken, adopter);
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/**
 * A process that was killed while it took another's folder over has that one within its own.
 *
 * @returns whether nothing is left in it that could still be sent: then it is gone
 */
async function adoptFolder(spool: Spool, folder: string, adopter: Adopter): Promise<boolean> {
  let isDone = true;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) isDone = (await adoptFolder(spool, path, adopter)) && isDone;
    else if (entry.name.endsWith('.seg') && (entry.isFile() || entry.isSymbolicLink()))
      isDone = (await adoptFile(spool, path, adopter)) && isDone;
  }
  if (isDone) await rm(folder, { recursive: true, force: true });
  return isDone;
}

/** @returns whether nothing is left in it that could still be sent */
async function adoptFile(spool: Spool, path: string, adopter: Adopter): Promise<boolean> {
  const [category = ''] = basename(path).split('.');
  const file = await readOwnFile(path);
  if (file === 'later') return false;
  const { content } = file;
  if (!content || !isCategory(category)) {
    putAside(spool, path, adopter);
    return true;
  }
  const { records, isDamaged } = scanRecords(content);
  const pending = records.filter((record) => record.isPending);
  if (isDamaged) {
    const bytesOf = ({ offset, length }: FoundRecord) =>
      Buffer.from(content.subarray(offset + HEADER_BYTES, offset + HEADER_BYTES + length));
    adopter.found(pending.map((record) => orphanOf(record, category, { bytes: bytesOf(record) })));
    putAside(spool, path, adopter);
    return true;
  }
  if (pending.length === 0) return true; // goes with its folder
  const segment = guarded('spool', () => spool.adopt(path, category, content.length));
  if (!segment) return false;
  segment.live = pending.length;
  const place = ({ offset, length }: FoundRecord) => ({ segment, offset, length: HEADER_BYTES + length });
  adopter.found(pending.map((record) => orphanOf(record, category, { place: place(record) })));
  return true;
}

function putAside(spool: Spool, path: string, adopter: Adopter): void {
  adopter.damaged();
  const root = dirname(spool.ownFolder ?? '');
  guarded('spool', () => {
    setAside(path, root, Date.now());
  });
  warnOnce(
    'SPOOL_DAMAGED',
    `A file of the spool in ${spool.limits.directory} is damaged or of another version. What could be read of it is sent; the file is kept in the folder set-aside.`,
  );
}

function orphanOf(
  { items, since, length }: FoundRecord,
  category: Category,
  where: { place: RecordLocation } | { bytes: Buffer },
): Orphan {
  return { category, items, since, size: length, ...where };
}

/** The file cannot be read now, but perhaps later: too many are open, the disk does not answer, or it has moved along with our folder. */
const PASSING = new Set(['ENOENT', 'EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EIO', 'EBUSY']);

/** The content of a regular file of this user; undefined for anything else. */
async function readOwnFile(path: string): Promise<{ content: Buffer | undefined } | 'later'> {
  try {
    const file = await open(path, constants.O_RDONLY | ((constants.O_NOFOLLOW as number | undefined) ?? 0));
    try {
      const stat = await file.stat();
      const user = process.getuid?.();
      if (!stat.isFile() || stat.size > LARGEST_FILE || (user !== undefined && stat.uid !== user))
        return { content: undefined };
      return { content: await file.readFile() };
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return PASSING.has(code) ? 'later' : { content: undefined };
  }
}
