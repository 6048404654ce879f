import { constants } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { guarded } from '../../ledger/ledger.js';
import { isCategory, type Category } from '../categories.js';
import { isAbandoned } from './owner.js';
import { HEADER_BYTES, scanRecords, type FoundRecord } from './record.js';
import type { Place } from './segment.js';
import { setAside } from './set-aside.js';
import type { Spool } from './spool.js';
import { warnOnce } from './warn.js';

/** One envelope that another process has left. */
export interface Orphan {
  category: Category;
  items: number;
  since: number;
  size: number;
  place?: Place;
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
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === basename(own)) continue;
    const folder = join(root, entry.name);
    if (!isAbandoned(folder, entry.name, now)) continue;
    const taken = join(own, entry.name);
    try {
      await rename(folder, taken);
    } catch {
      continue; // another process was quicker
    }
    await adoptFolder(spool, taken, adopter);
  }
}

/** A process that was killed while it took another's folder over has that one within its own. */
async function adoptFolder(spool: Spool, folder: string, adopter: Adopter): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await adoptFolder(spool, path, adopter);
    else if (entry.name.endsWith('.seg') && (entry.isFile() || entry.isSymbolicLink()))
      await adoptFile(spool, path, adopter);
  }
  await rm(folder, { recursive: true, force: true });
}

async function adoptFile(spool: Spool, path: string, adopter: Adopter): Promise<void> {
  const [category = ''] = basename(path).split('.');
  const content = await readOwnFile(path);
  const { records, isDamaged } =
    content && isCategory(category) ? scanRecords(content) : { records: [], isDamaged: true };
  const pending = records.filter((record) => record.isPending);
  if (!isDamaged && content && isCategory(category)) {
    if (pending.length === 0) return; // goes with its folder
    const segment = guarded('spool', () => spool.adopt(path, category, content.length));
    if (!segment) return;
    segment.live = pending.length;
    const place = ({ offset, length }: FoundRecord) => ({ segment, offset, length: HEADER_BYTES + length });
    adopter.found(pending.map((record) => orphanOf(record, category, { place: place(record) })));
    return;
  }
  if (content && isCategory(category)) {
    const bytesOf = ({ offset, length }: FoundRecord) =>
      Buffer.from(content.subarray(offset + HEADER_BYTES, offset + HEADER_BYTES + length));
    adopter.found(pending.map((record) => orphanOf(record, category, { bytes: bytesOf(record) })));
  }
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
  where: { place: Place } | { bytes: Buffer },
): Orphan {
  return { category, items, since, size: length, ...where };
}

/** The content of a regular file of this user; undefined for anything else. */
async function readOwnFile(path: string): Promise<Buffer | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | ((constants.O_NOFOLLOW as number | undefined) ?? 0));
    try {
      const stat = await file.stat();
      const user = process.getuid?.();
      if (!stat.isFile() || stat.size > LARGEST_FILE || (user !== undefined && stat.uid !== user)) return undefined;
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
