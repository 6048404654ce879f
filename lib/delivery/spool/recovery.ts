import { constants } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { guarded } from '../../stats/stats.js';
import { isCategory, type Category } from '../categories.js';
import { isAbandoned } from './owner.js';
import { HEADER_BYTES, scanRecords, type FoundRecord } from './record.js';
import type { RecordLocation } from './segment.js';
import { quarantine } from './quarantine.js';
import type { Spool } from './spool.js';
import { warnOnce } from '../warn-once.js';

/** An envelope left by a process that is gone. */
export interface AbandonedEnvelope {
  category: Category;
  items: number;
  queuedAt: number;
  size: number;
  location?: RecordLocation;
  /** Set if its file was damaged and could not be kept. */
  bytes?: Buffer;
}

export interface RecoveryHandlers {
  onFound(abandoned: AbandonedEnvelope[]): void;
  /** Called for each file that could not be read completely. */
  onDamaged(): void;
}

/** Larger than any segment: such a file is set aside without reading it. */
const MAX_FILE_BYTES = 64 * 1_048_576;

/**
 * Recovers the envelopes of processes that are gone. Renaming their folder claims it: of several processes that try, one
 * succeeds.
 */
export async function recoverAbandoned(spool: Spool, handlers: RecoveryHandlers): Promise<void> {
  const own = spool.ownFolder;
  if (own === undefined) return;
  const root = dirname(own);
  const now = spool.fileSystemTime();
  // Folders that could not be read completely last time.
  for (const folder of await foldersIn(own)) await recoverFolder(spool, join(own, folder), handlers);
  for (const name of await foldersIn(root)) {
    if (name === basename(own) || !isAbandoned(join(root, name), name, now)) continue;
    const target = join(own, name);
    try {
      await rename(join(root, name), target);
    } catch {
      continue; // another process has claimed it
    }
    await recoverFolder(spool, target, handlers);
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/**
 * The folder of a process that was killed while it recovered another one contains that other folder.
 *
 * @returns whether nothing is left to send: then the folder has been removed
 */
async function recoverFolder(spool: Spool, folder: string, handlers: RecoveryHandlers): Promise<boolean> {
  let isDone = true;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) isDone = (await recoverFolder(spool, path, handlers)) && isDone;
    else if (entry.name.endsWith('.seg') && (entry.isFile() || entry.isSymbolicLink()))
      isDone = (await adoptFile(spool, path, handlers)) && isDone;
  }
  if (isDone) await rm(folder, { recursive: true, force: true });
  return isDone;
}

/** @returns whether nothing is left to send */
async function adoptFile(spool: Spool, path: string, handlers: RecoveryHandlers): Promise<boolean> {
  const [category = ''] = basename(path).split('.');
  const file = await readOwnFile(path);
  if (file === 'retry') return false;
  const { content } = file;
  if (!content || !isCategory(category)) {
    setFileAside(spool, path, handlers);
    return true;
  }
  const { records, isDamaged } = scanRecords(content);
  const pending = records.filter((record) => record.isPending);
  if (isDamaged) {
    const bytesOf = ({ offset, length }: FoundRecord) =>
      Buffer.from(content.subarray(offset + HEADER_BYTES, offset + HEADER_BYTES + length));
    handlers.onFound(pending.map((record) => orphanOf(record, category, { bytes: bytesOf(record) })));
    setFileAside(spool, path, handlers);
    return true;
  }
  if (pending.length === 0) return true; // removed with its folder
  const segment = guarded('spool', () => spool.adopt(path, category, content.length));
  if (!segment) return false;
  segment.live = pending.length;
  const locationOf = ({ offset, length }: FoundRecord) => ({ segment, offset, length: HEADER_BYTES + length });
  handlers.onFound(pending.map((record) => orphanOf(record, category, { location: locationOf(record) })));
  return true;
}

function setFileAside(spool: Spool, path: string, handlers: RecoveryHandlers): void {
  handlers.onDamaged();
  const root = dirname(spool.ownFolder ?? '');
  guarded('spool', () => {
    quarantine(path, root, Date.now());
  });
  warnOnce(
    'SPOOL_DAMAGED',
    `A file of the spool in ${spool.limits.directory} is damaged or of another version. Its readable events are sent; the file is kept in the folder set-aside.`,
  );
}

function orphanOf(
  { items, queuedAt, length }: FoundRecord,
  category: Category,
  source: { location: RecordLocation } | { bytes: Buffer },
): AbandonedEnvelope {
  return { category, items, queuedAt, size: length, ...source };
}

/** Errors that may pass: too many open files, a disk that does not respond, a file that moved along with our folder. */
const TRANSIENT_ERRORS = new Set(['ENOENT', 'EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EIO', 'EBUSY']);

/** Flags that Windows lacks: neither a link is followed, nor the writer of a pipe awaited. */
const NEVER_WAITS =
  ((constants.O_NOFOLLOW as number | undefined) ?? 0) | ((constants.O_NONBLOCK as number | undefined) ?? 0);

/** The content of a regular file of this user; undefined for anything else. */
async function readOwnFile(path: string): Promise<{ content: Buffer | undefined } | 'retry'> {
  try {
    const file = await open(path, constants.O_RDONLY | NEVER_WAITS);
    try {
      const stat = await file.stat();
      const user = process.getuid?.();
      if (!stat.isFile() || stat.size > MAX_FILE_BYTES || (user !== undefined && stat.uid !== user))
        return { content: undefined };
      return { content: await file.readFile() };
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return TRANSIENT_ERRORS.has(code) ? 'retry' : { content: undefined };
  }
}
