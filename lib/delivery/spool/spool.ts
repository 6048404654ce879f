import { guarded } from '../../stats/stats.js';
import { renameSync } from 'node:fs';
import type { Category } from '../categories.js';
import { DiskPause } from './disk-pause.js';
import { ProcessFolder } from './process-folder.js';
import { Segment, type RecordLocation } from './segment.js';

/** The location and the limits of the spool, for each process. */
export interface SpoolLimits {
  directory: string;
  /** Total size of its files. */
  maxBytes: number;
  /** Milliseconds. */
  maxAge: number;
  maxEvents: number;
}

/** The spool is divided into this many segments, so that dropping one drops little. */
const SEGMENT_COUNT = 64;
const MAX_SEGMENT_BYTES = 1_048_576;
/** An emptied segment larger than this is truncated: sent records need not reach the disk. */
const TRUNCATE_THRESHOLD = 262_144;

/** The envelopes that this process has written to disk or adopted, and has not sent yet. */
export class Spool {
  /** Size of all files, sent records included. */
  fileBytes = 0;
  private readonly current = new Map<Category, Segment>();
  private readonly segmentBytes: number;
  private readonly folder: ProcessFolder;
  private readonly pause: DiskPause;

  /** @param name - the folder below `directory` that all processes with the same DSN share */
  constructor(
    readonly limits: SpoolLimits,
    name: string,
    private readonly now: () => number,
  ) {
    this.segmentBytes = Math.min(MAX_SEGMENT_BYTES, Math.ceil(limits.maxBytes / SEGMENT_COUNT));
    this.folder = new ProcessFolder(limits.directory, name, now);
    this.pause = new DiskPause(limits.directory, now);
    this.openFolder();
  }

  /** The folder of this process, if there is one. */
  get ownFolder(): string | undefined {
    return this.folder.path;
  }

  /** Whether an envelope of this size still fits. */
  hasRoomFor(size: number): boolean {
    return this.fileBytes + size <= this.limits.maxBytes;
  }

  /** Writes an envelope; returns undefined if it cannot be written. */
  append(envelope: Buffer, category: Category, items: number, queuedAt: number): RecordLocation | undefined {
    const startedAt = this.now();
    if (this.pause.isActive || !this.openFolder()) return undefined;
    try {
      const location = this.segmentFor(category).append(envelope, items, queuedAt);
      this.fileBytes += location.length;
      this.pause.written(this.now() - startedAt);
      return location;
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  read(location: RecordLocation): Buffer | undefined {
    return guarded('spool', () => location.segment.read(location));
  }

  /** Marks an envelope as sent or dropped. A segment is removed with its last envelope. */
  markDone(location: RecordLocation): void {
    const { segment } = location;
    segment.live--;
    guarded('spool', () => {
      const isCurrent = this.current.get(segment.category) === segment;
      if (segment.live > 0 || (isCurrent && segment.size < TRUNCATE_THRESHOLD && segment.size < this.segmentBytes)) {
        segment.markDone(location);
        return;
      }
      this.fileBytes -= segment.size;
      if (isCurrent) segment.empty();
      else segment.remove();
    });
  }

  /** Moves a file of a process that is gone into the folder of this one, under a new name. */
  adopt(path: string, category: Category, size: number): Segment {
    const target = this.folder.nextSegmentPath(category);
    renameSync(path, target);
    this.fileBytes += size;
    return Segment.adopt(target, category, size);
  }

  /**
   * Shows other processes that this one is alive.
   *
   * @returns false if another process has taken the folder, because this one was stopped for too long
   */
  heartbeat(): boolean {
    return this.folder.heartbeat() || this.folderIsGone();
  }

  get isHeartbeatOverdue(): boolean {
    return this.folder.isHeartbeatOverdue;
  }

  /** The current time of the file system clock, which sets the time of every heartbeat. */
  fileSystemTime(): number {
    return this.folder.time();
  }

  /** Ends a disk pause when the process ends, because there is no later attempt. */
  resume(): void {
    this.pause.end();
  }

  /**
   * Releases the folder to other processes. A later envelope creates a new one.
   *
   * @param isEmpty - whether this process has sent everything: then the folder is removed
   */
  release(isEmpty: boolean): void {
    const segments = this.forgetSegments();
    this.folder.release(isEmpty, () => {
      for (const segment of segments) segment.close();
    });
  }

  private segmentFor(category: Category): Segment {
    const current = this.current.get(category);
    if (current && (current.size < this.segmentBytes || current.live === 0)) return current;
    const segment = Segment.create(this.folder.nextSegmentPath(category), category);
    this.current.set(category, segment);
    return segment;
  }

  private openFolder(): boolean {
    if (this.folder.path !== undefined) return true;
    if (this.pause.isActive) return false;
    try {
      this.folder.open();
      return true;
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  private failed(error: unknown): void {
    if (this.folder.isGone) this.folderIsGone();
    this.pause.failed(error);
  }

  /** @returns whether the envelopes are still ours to send: the folder was deleted, not adopted by another process */
  private folderIsGone(): boolean {
    this.folder.forget();
    return !this.forgetSegments().some((segment) => guarded('spool', () => segment.isLinked()) === true);
  }

  private forgetSegments(): Segment[] {
    const segments = [...this.current.values()];
    this.current.clear();
    this.fileBytes = 0;
    return segments;
  }
}
