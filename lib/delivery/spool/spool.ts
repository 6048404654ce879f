import { guarded } from '../../stats/stats.js';
import { renameSync } from 'node:fs';
import type { Category } from '../categories.js';
import { DiskPause } from './disk-pause.js';
import { ProcessFolder } from './process-folder.js';
import { HEADER_BYTES } from './record.js';
import { Segment, type RecordLocation } from './segment.js';
import { SegmentSet } from './segment-set.js';

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
/** How long the writes may take with which a process ends, in milliseconds. */
const LAST_WRITES = 1_000;

/**
 * Whether events are written to disk (`active`); if not, why.
 *
 * @example
 * ```ts
 * import { type SpoolState } from 'nestjs-error-tracker';
 *
 * const spool: SpoolState = tracker.status().delivery.spool;
 * if (spool === 'unusable') new Logger('Start').warn('Events are kept in memory only: set SENTRY_SPOOL_DIR');
 * ```
 */
export type SpoolState = 'active' | 'slow' | 'unusable' | 'unresponsive' | 'off';

/** Finds out whether a folder can be used without waiting forever; calls back if it can. */
export type Probe = (directory: string, onAnswer: () => void) => { stop(): void };

/** The envelopes that this process has written to disk or adopted, and has not sent yet. */
export class Spool {
  private readonly segments = new SegmentSet();
  private readonly segmentBytes: number;
  private readonly folder: ProcessFolder;
  private readonly pause: DiskPause;
  private wasTaken = false;
  private readonly probe: { stop(): void } | undefined;
  private hasAnswered: boolean;
  private onOpen: (() => void) | undefined;

  /**
   * @param name - the folder below `directory` that all processes with the same DSN share
   * @param now - the time of day, in milliseconds
   * @param elapsed - a clock that does not jump, by which accesses to the disk are measured
   * @param probe - set if access to the folder may never return: nothing is done there before it has answered
   */
  constructor(
    readonly limits: SpoolLimits,
    name: string,
    now: () => number,
    private readonly elapsed: () => number = now,
    probe?: Probe,
  ) {
    this.segmentBytes = Math.min(MAX_SEGMENT_BYTES, Math.ceil(limits.maxBytes / SEGMENT_COUNT));
    this.folder = new ProcessFolder(limits.directory, name, now);
    this.pause = new DiskPause(limits.directory, now, elapsed);
    this.hasAnswered = probe === undefined;
    this.probe = probe?.(limits.directory, () => {
      this.hasAnswered = true;
      if (this.openFolder()) this.onOpen?.();
    });
    this.openFolder();
  }

  /** Calls back if the folder could not be opened at once and now is. */
  whenOpen(onOpen: () => void): void {
    this.onOpen = onOpen;
  }

  /** The folder of this process, if there is one. */
  get ownFolder(): string | undefined {
    return this.folder.path;
  }

  get state(): SpoolState {
    return this.hasAnswered ? (this.pause.reason ?? 'active') : 'unresponsive';
  }

  /** Size of all files, sent records included. */
  get fileBytes(): number {
    return this.segments.bytes;
  }

  /** Whether an envelope of this size fits into an empty spool. */
  canHold(size: number): boolean {
    return HEADER_BYTES + size <= this.limits.maxBytes;
  }

  /** Whether an envelope of this size still fits. */
  hasRoomFor(size: number): boolean {
    if (this.fitsBeside(this.fileBytes, size)) return true;
    guarded('spool', () => {
      for (const segment of this.segments.emptied()) this.segments.empty(segment);
    });
    return this.fitsBeside(this.fileBytes, size);
  }

  /** Whether it would fit if these segments were gone. */
  wouldHaveRoomFor(size: number, isGone: (segment: Segment) => boolean): boolean {
    return this.fitsBeside(this.segments.bytesWithout(isGone), size);
  }

  /** Writes an envelope; returns undefined if it cannot be written. */
  append(envelope: Buffer, category: Category, items: number, queuedAt: number): RecordLocation | undefined {
    if (this.pause.isActive) return undefined;
    const write = () => this.segmentFor(category).append(envelope, items, queuedAt);
    try {
      if (!this.openFolder()) return undefined;
      const startedAt = this.elapsed();
      const location = this.withFolder(write);
      this.segments.grew(location.length);
      this.pause.written(this.elapsed() - startedAt);
      return location;
    } catch (error) {
      this.pause.failed(error);
      return undefined;
    }
  }

  read(location: RecordLocation): Buffer | undefined {
    return this.timed(() => guarded('spool', () => location.segment.read(location)));
  }

  /** Whether this record is in a file of this process that still exists. */
  holds({ segment }: RecordLocation): boolean {
    return this.segments.has(segment);
  }

  /** Marks an envelope as sent or dropped. A segment is removed with its last envelope. */
  markDone(location: RecordLocation): void {
    const { segment } = location;
    segment.live--;
    if (!this.segments.has(segment)) return;
    const isCurrent = this.segments.isCurrent(segment);
    const keeps = segment.live > 0 || (isCurrent && segment.size < Math.min(TRUNCATE_THRESHOLD, this.segmentBytes));
    this.timed(() =>
      guarded('spool', () => {
        if (keeps) segment.markDone(location);
        else if (isCurrent) this.segments.empty(segment);
        else this.segments.remove(segment);
      }),
    );
  }

  /** Moves a file of a process that is gone into the folder of this one, under a new name. */
  adopt(path: string, category: Category, size: number): Segment {
    const target = this.folder.nextSegmentPath(category);
    renameSync(path, target);
    const segment = Segment.adopt(target, category, size);
    this.segments.add(segment);
    return segment;
  }

  /**
   * Shows other processes that this one is alive, and checks that its files are still there.
   *
   * @returns false if another process has taken the folder, because this one was stopped for too long
   */
  heartbeat(): boolean {
    if (this.pause.reason === 'unusable') this.openFolder();
    if (!this.timed(() => this.folder.heartbeat())) this.loseFolder();
    this.segments.loseUnlinked();
    const { wasTaken } = this;
    this.wasTaken = false;
    return !wasTaken;
  }

  /** Whether files have disappeared since `forgetLost`: what was in them must be written again. */
  get hasLost(): boolean {
    return this.segments.hasLost;
  }

  /** Gives up what cannot be read from lost files by now. */
  forgetLost(): void {
    this.segments.forgetLost();
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
    this.pause.end(LAST_WRITES);
  }

  /** Ends what still runs when the process ends or the client is closed. */
  close(): void {
    this.probe?.stop();
  }

  /**
   * Releases the folder to other processes. A later envelope creates a new one.
   *
   * @param isEmpty - whether this process has sent everything: then the folder is removed
   */
  release(isEmpty: boolean): void {
    this.segments.close();
    this.folder.release(isEmpty);
  }

  private fitsBeside(bytes: number, size: number): boolean {
    return bytes + HEADER_BYTES + size <= this.limits.maxBytes;
  }

  private segmentFor(category: Category): Segment {
    const current = this.segments.currentOf(category);
    if (current && (current.size < this.segmentBytes || current.live === 0)) return current;
    const segment = Segment.create(this.folder.nextSegmentPath(category), category);
    this.segments.begin(segment);
    return segment;
  }

  private openFolder(): boolean {
    if (this.folder.path !== undefined) return true;
    if (!this.hasAnswered || this.pause.isActive) return false;
    try {
      const startedAt = this.elapsed();
      this.folder.open();
      this.pause.written(this.elapsed() - startedAt);
      return true;
    } catch (error) {
      this.pause.failed(error);
      return false;
    }
  }

  /** Writes once more, into a new folder, if the folder has disappeared. */
  private withFolder<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      if (!this.folder.isGone) throw error;
      this.loseFolder();
      this.folder.open();
      return write();
    }
  }

  /** The envelopes are still ours to send if the folder was deleted, not adopted by another process. */
  private loseFolder(): void {
    this.folder.forget();
    this.wasTaken ||= this.segments.loseAll();
  }

  private timed<T>(access: () => T): T {
    const startedAt = this.elapsed();
    try {
      return access();
    } finally {
      this.pause.accessed(this.elapsed() - startedAt);
    }
  }
}
