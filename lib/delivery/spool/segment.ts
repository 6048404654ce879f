import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { guarded } from '../../stats/stats.js';
import type { Category } from '../categories.js';
import { DONE, encodeRecord, envelopeOf, HEADER_BYTES, STATE_OFFSET } from './record.js';

/** The location of an envelope's record on disk. */
export interface RecordLocation {
  readonly segment: Segment;
  readonly offset: number;
  /** Length of the whole record. */
  readonly length: number;
}

const { O_CREAT, O_EXCL, O_RDWR } = constants;
/** Missing on Windows. */
const O_NOFOLLOW = (constants.O_NOFOLLOW as number | undefined) ?? 0;

/** A file of records of one category. Records are appended, and marked in place once they are done. */
export class Segment {
  /** Number of records that are not done. */
  live = 0;
  private fd: number | undefined;
  private countsLinks = false;

  private constructor(
    readonly path: string,
    readonly category: Category,
    public size: number,
  ) {}

  /** @throws if the file exists or cannot be created */
  static create(path: string, category: Category): Segment {
    const segment = new Segment(path, category, 0);
    segment.fd = openSync(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    segment.countsLinks = segment.isLinked();
    return segment;
  }

  /** A segment written by another process; opened only while it is used. */
  static adopt(path: string, category: Category, size: number): Segment {
    return new Segment(path, category, size);
  }

  /** @throws if the record cannot be written completely; the partial record is then removed */
  append(envelope: Buffer, items: number, queuedAt: number): RecordLocation {
    const record = encodeRecord(envelope, items, queuedAt);
    const offset = this.size;
    this.withFile((fd) => {
      let written = 0;
      try {
        while (written < record.length) {
          const count = writeSync(fd, record, written, record.length - written, offset + written);
          if (count === 0) throw Object.assign(new Error('nothing was written'), { code: 'ENOSPC' });
          written += count;
        }
      } catch (error) {
        if (written > 0) ftruncateSync(fd, offset);
        throw error;
      }
    });
    this.size += record.length;
    this.live++;
    return { segment: this, offset, length: record.length };
  }

  /** The envelope at this location, or undefined if its record is damaged. */
  read({ offset, length }: RecordLocation): Buffer | undefined {
    const record = Buffer.allocUnsafe(length);
    const count = this.withFile((fd) => readSync(fd, record, 0, length, offset));
    return count === length && length >= HEADER_BYTES ? envelopeOf(record) : undefined;
  }

  markDone({ offset }: RecordLocation): void {
    this.withFile((fd) => writeSync(fd, DONE, 0, DONE.length, offset + STATE_OFFSET));
  }

  empty(): void {
    this.size = 0; // counts as empty even if it cannot be truncated: new records overwrite the old ones
    this.withFile((fd) => {
      ftruncateSync(fd, 0);
    });
  }

  /** Whether there is a file at its path. */
  exists(): boolean {
    return existsSync(this.path);
  }

  /** Removes what is at its path; what was written can still be read. */
  discard(): void {
    guarded('spool', () => {
      rmSync(this.path, { force: true });
    });
  }

  remove(): void {
    this.close();
    unlinkSync(this.path);
  }

  close(): void {
    if (this.fd !== undefined) closeSync(this.fd);
    this.fd = undefined;
  }

  /** Whether the open file still exists, under any name. */
  isLinked(): boolean {
    return this.fd !== undefined && fstatSync(this.fd).nlink > 0;
  }

  /** Whether the open file was deleted; false on a file system that does not count links. */
  isUnlinked(): boolean {
    return this.countsLinks && this.fd !== undefined && fstatSync(this.fd).nlink === 0;
  }

  private withFile<T>(use: (fd: number) => T): T {
    if (this.fd !== undefined) return use(this.fd);
    const fd = openSync(this.path, O_RDWR | O_NOFOLLOW);
    try {
      return use(fd);
    } finally {
      closeSync(fd);
    }
  }
}
