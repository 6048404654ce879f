import { closeSync, existsSync, openSync, readdirSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { guarded } from '../../stats/stats.js';
import type { Category } from '../categories.js';
import { makeFolder, sharedFolder, UnusableFolder } from './folders.js';
import { FREE, HEARTBEAT, ownerName, STALE_AFTER } from './owner.js';
import { Segment, type RecordLocation } from './segment.js';
import { warnOnce } from './warn.js';

/** Where the spool is and what it may hold, all by process. */
export interface SpoolLimits {
  directory: string;
  /** Size of its files. */
  maxBytes: number;
  /** Milliseconds. */
  maxAge: number;
  maxEvents: number;
}

/** Of this many segments, so that giving up one gives up little. */
const SEGMENTS = 64;
const LARGEST_SEGMENT = 1_048_576;
/** An emptied segment that is larger than this is cut back: what was written and done need not reach the disk. */
const CUT_BACK_FROM = 262_144;
/** After the disk has refused, or has kept the application waiting, it is left alone for this long. */
const DISK_PAUSE = 10_000;
/** Longer than any write to the page cache takes: the disk below is stalled. */
const SLOW = 250;

/** What this process has written to disk and not yet sent, and what it has taken over from others. */
export class Spool {
  /** Bytes of all files, done records included. */
  fileBytes = 0;
  private readonly current = new Map<Category, Segment>();
  private readonly segmentBytes: number;
  private folder: string | undefined;
  private sequence = 0;
  private pausedUntil = 0;
  private lastBeat = 0;

  /** @param name - of the folder below `directory` for everything that goes to the same place */
  constructor(
    readonly limits: SpoolLimits,
    private readonly name: string,
    private readonly now: () => number,
  ) {
    this.segmentBytes = Math.min(LARGEST_SEGMENT, Math.ceil(limits.maxBytes / SEGMENTS));
    this.openFolder();
  }

  /** The folder of this process, where there is one. */
  get ownFolder(): string | undefined {
    return this.folder;
  }

  /** Whether an envelope of this size still fits. */
  fits(size: number): boolean {
    return this.fileBytes + size <= this.limits.maxBytes;
  }

  /** Writes an envelope; undefined where the disk does not take it. */
  append(envelope: Buffer, category: Category, items: number, since: number): RecordLocation | undefined {
    const startedAt = this.now();
    if (startedAt < this.pausedUntil || !this.openFolder()) return undefined;
    try {
      const place = this.segmentFor(category).append(envelope, items, since);
      this.fileBytes += place.length;
      if (this.now() - startedAt > SLOW) this.stalled();
      return place;
    } catch (error) {
      this.gaveWay(error);
      return undefined;
    }
  }

  read(place: RecordLocation): Buffer | undefined {
    return guarded('spool', () => place.segment.read(place));
  }

  /** The envelope was sent or given up: it is not sent again, and its file goes with the last one in it. */
  done(place: RecordLocation): void {
    const { segment } = place;
    segment.live--;
    guarded('spool', () => {
      const isCurrent = this.current.get(segment.category) === segment;
      if (segment.live > 0 || (isCurrent && segment.size < CUT_BACK_FROM && segment.size < this.segmentBytes)) {
        segment.markDone(place);
        return;
      }
      this.fileBytes -= segment.size;
      if (isCurrent) segment.empty();
      else segment.remove();
    });
  }

  /** Takes a file over from a process that is gone; its name within our folder is a new one. */
  adopt(path: string, category: Category, size: number): Segment {
    const target = this.nextPath(category);
    renameSync(path, target);
    this.fileBytes += size;
    return Segment.adopt(target, category, size);
  }

  /**
   * Shows others that this process is alive.
   *
   * @returns false where our folder was taken meanwhile: this process had stood still for too long
   */
  beat(): boolean {
    this.lastBeat = this.now();
    if (this.folder === undefined) return true;
    try {
      const fd = openSync(join(this.folder, HEARTBEAT), 'r+');
      writeSync(fd, '.', 0);
      closeSync(fd);
      return true;
    } catch (error) {
      // A full disk takes no heartbeat either: that takes nothing from us.
      return (error as NodeJS.ErrnoException).code !== 'ENOENT' || this.folderIsGone();
    }
  }

  /** Whether others may have taken us for gone. */
  get isOverdue(): boolean {
    return this.folder !== undefined && this.now() - this.lastBeat > STALE_AFTER / 2;
  }

  /** The present time by the clock that the heartbeats of others carry. */
  fileTime(): number {
    return this.folder === undefined ? this.now() : statSync(join(this.folder, HEARTBEAT)).mtimeMs;
  }

  /** Writes again, whatever the disk did before: at the end of the process there is no later. */
  pauseNoLonger(): void {
    this.pausedUntil = 0;
  }

  /**
   * Leaves what is not sent to anyone who comes, or nothing at all. What is written after that goes to a new folder.
   *
   * @param isEmpty - whether all that this process knows of is sent: the folder of another may still lie in ours
   */
  release(isEmpty: boolean): void {
    const { folder } = this;
    if (folder === undefined) return;
    this.folder = undefined;
    const segments = [...this.current.values()];
    this.current.clear();
    this.fileBytes = 0;
    guarded('spool', () => {
      for (const segment of segments) segment.close();
      if (isEmpty && !readdirSync(folder, { withFileTypes: true }).some((entry) => entry.isDirectory()))
        rmSync(folder, { recursive: true, force: true });
      else renameSync(folder, join(dirname(folder), `${FREE}${basename(folder)}`));
    });
  }

  private segmentFor(category: Category): Segment {
    const current = this.current.get(category);
    if (current && (current.size < this.segmentBytes || current.live === 0)) return current;
    const segment = Segment.create(this.nextPath(category), category);
    this.current.set(category, segment);
    return segment;
  }

  private nextPath(category: Category): string {
    if (this.folder === undefined) throw new UnusableFolder('there is no folder');
    return join(this.folder, `${category}.${String(++this.sequence).padStart(6, '0')}.seg`);
  }

  private openFolder(): string | undefined {
    if (this.folder !== undefined || this.now() < this.pausedUntil) return this.folder;
    let folder: string | undefined;
    try {
      folder = join(sharedFolder(this.limits.directory, this.name), ownerName());
      makeFolder(folder);
      closeSync(openSync(join(folder, HEARTBEAT), 'wx', 0o600));
      this.folder = folder;
      // Now, so that a disk which fills up later has room for the next beat. Where it is full already, sending what
      // others have left on it is what makes room.
      this.beat();
    } catch (error) {
      if (folder !== undefined) this.removeUnused(folder);
      this.gaveWay(error);
    }
    return this.folder;
  }

  /** Each try makes another one. */
  private removeUnused(folder: string): void {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // the disk does not even take that
    }
  }

  private gaveWay(error: unknown): void {
    this.pausedUntil = this.now() + DISK_PAUSE;
    if (this.folder !== undefined && !existsSync(this.folder)) this.folderIsGone();
    warnOnce(
      'SPOOL_UNUSABLE',
      `The spool in ${this.limits.directory} cannot be written (${error instanceof Error ? error.message : String(error)}): ` +
        'what Sentry does not take at once waits in memory only. ' +
        'Give a folder of this user as SENTRY_SPOOL_DIR, or say spool: false.',
    );
  }

  private stalled(): void {
    this.pausedUntil = this.now() + DISK_PAUSE;
    warnOnce(
      'SPOOL_SLOW',
      `The disk of the spool in ${this.limits.directory} took more than ${SLOW} ms to write: what Sentry does not take ` +
        'at once waits in memory for a while. Give a local folder as SENTRY_SPOOL_DIR, or say spool: false.',
    );
  }

  /** @returns whether what stood in the folder is still ours to send: it was deleted, not taken */
  private folderIsGone(): boolean {
    const segments = [...this.current.values()];
    this.folder = undefined;
    this.current.clear();
    this.fileBytes = 0;
    return !segments.some((segment) => guarded('spool', () => segment.isLinked()) === true);
  }
}
