import { guarded } from '../../stats/stats.js';
import type { Category } from '../categories.js';
import type { Segment } from './segment.js';

/** The segments of this process and their size. Only those that still grow are open, one for each category. */
export class SegmentSet {
  private readonly all = new Set<Segment>();
  private readonly current = new Map<Category, Segment>();
  /** Open files that have disappeared: what is in them can be read until they are closed. */
  private readonly lost = new Set<Segment>();
  private size = 0;

  /** Total size of the files. */
  get bytes(): number {
    return this.size;
  }

  get hasLost(): boolean {
    return this.lost.size > 0;
  }

  has(segment: Segment): boolean {
    return this.all.has(segment);
  }

  currentOf(category: Category): Segment | undefined {
    return this.current.get(category);
  }

  isCurrent(segment: Segment): boolean {
    return this.current.get(segment.category) === segment;
  }

  /** Current segments without pending records, whose bytes can be freed. */
  emptied(): Segment[] {
    return [...this.current.values()].filter(({ live, size }) => live === 0 && size > 0);
  }

  bytesWithout(isGone: (segment: Segment) => boolean): number {
    let bytes = 0;
    for (const segment of this.all) if (!isGone(segment)) bytes += segment.size;
    return bytes;
  }

  /** Adds a segment of another process. */
  add(segment: Segment): void {
    this.all.add(segment);
    this.size += segment.size;
  }

  /** Replaces the current segment of its category. */
  begin(segment: Segment): void {
    this.current.get(segment.category)?.close();
    this.current.set(segment.category, segment);
    this.add(segment);
  }

  /** Counts a new record. */
  grew(bytes: number): void {
    this.size += bytes;
  }

  empty(segment: Segment): void {
    this.size -= segment.size;
    segment.empty();
  }

  remove(segment: Segment): void {
    this.drop(segment);
    segment.remove();
  }

  /** Finds the segments whose file was deleted or replaced; looks at all of them only if one that is open was. */
  loseUnlinked(): void {
    const unlinked = [...this.current.values()].filter((segment) => guarded('spool', () => segment.isUnlinked()));
    if (unlinked.length === 0) return;
    for (const segment of unlinked) {
      this.lose(segment);
      segment.discard(); // a copy would be sent once more by the next process
    }
    for (const segment of [...this.all]) if (!segment.exists()) this.lose(segment);
  }

  /** @returns whether a file exists elsewhere: another process has taken the folder */
  loseAll(): boolean {
    const wasTaken = [...this.current.values()].some((segment) => guarded('spool', () => segment.isLinked()) === true);
    for (const segment of [...this.all]) this.lose(segment);
    return wasTaken;
  }

  forgetLost(): void {
    for (const segment of this.lost)
      guarded('spool', () => {
        segment.close();
      });
    this.lost.clear();
  }

  close(): void {
    for (const segment of this.current.values())
      guarded('spool', () => {
        segment.close();
      });
    this.forgetLost();
    this.all.clear();
    this.current.clear();
    this.size = 0;
  }

  private lose(segment: Segment): void {
    this.drop(segment);
    this.lost.add(segment);
  }

  private drop(segment: Segment): void {
    if (this.all.delete(segment)) this.size -= segment.size;
    if (this.isCurrent(segment)) this.current.delete(segment.category);
  }
}
