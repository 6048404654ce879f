import { rankOf, type Category } from './categories.js';
import type { QueuedEnvelope } from './priority-queue.js';
import type { Spool } from './spool/spool.js';

/** Envelopes that wait, of which some may be dropped for others. */
interface Waiting {
  takeLeastValuable(matches: (envelope: QueuedEnvelope) => boolean, category: Category): QueuedEnvelope | undefined;
}

/** Makes room in a full spool. */
export class SpoolEviction {
  /**
   * @param waiting - in this order, envelopes are dropped
   * @param inFlight - their files cannot be removed
   */
  constructor(
    private readonly waiting: readonly Waiting[],
    private readonly inFlight: ReadonlySet<QueuedEnvelope>,
    private readonly drop: (envelope: QueuedEnvelope) => void,
  ) {}

  /**
   * Drops the least valuable envelopes, but none more valuable than this one, and none if that does not suffice.
   *
   * @returns whether there is room for it now
   */
  makeFor({ size, category }: QueuedEnvelope, spool: Spool): boolean {
    if (spool.hasRoomFor(size)) return true;
    const held = new Set<unknown>();
    for (const { location } of this.inFlight) held.add(location?.segment);
    const mayGo = (segment: { category: Category }) =>
      rankOf(segment.category) >= rankOf(category) && !held.has(segment);
    if (!spool.wouldHaveRoomFor(size, mayGo)) return false;
    const isOnDisk = ({ location }: QueuedEnvelope) => location !== undefined && !held.has(location.segment);
    while (!spool.hasRoomFor(size)) {
      const victim = this.next(isOnDisk, category);
      if (!victim) return false;
      this.drop(victim);
    }
    return true;
  }

  private next(isOnDisk: (envelope: QueuedEnvelope) => boolean, category: Category): QueuedEnvelope | undefined {
    for (const envelopes of this.waiting) {
      const victim = envelopes.takeLeastValuable(isOnDisk, category);
      if (victim) return victim;
    }
    return undefined;
  }
}
