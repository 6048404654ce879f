import { guarded } from '../stats/stats.js';
import type { Category } from './categories.js';
import { countDropped, delivery } from './counts.js';
import { sdkReason, type DropReason, type SdkDropReason } from './drop-reason.js';
import type { Spool } from './spool/spool.js';
import { PriorityQueue, type QueuedEnvelope } from './priority-queue.js';

/** Bytes of envelopes in memory; what is over it waits on disk only. */
const MEMORY_BYTES = 8 * 1_048_576;
/** Envelopes that wait where there is no spool. */
const MOST_WAITING = 10_000;
/** Of these, an envelope holds one. */
const SINGLE = new Set<Category>(['error', 'transaction', 'feedback']);

export interface EnvelopeStoreParts {
  spool?: Spool;
  /** Tells the SDK what was dropped, for its client reports. */
  recordDropped: (reason: SdkDropReason, category: Category, count: number) => void;
  /** Nothing will become of the parcel any more. */
  settled: (parcel: QueuedEnvelope, isTaken: boolean) => void;
}

/** Everything that has not been taken yet, in memory and on disk, within its bounds. */
export class EnvelopeStore {
  readonly line = new PriorityQueue();
  private memory = 0;
  private readonly mostWaiting: number;

  constructor(private readonly parts: EnvelopeStoreParts) {
    this.mostWaiting = parts.spool?.limits.maxEvents ?? MOST_WAITING;
  }

  add(parcel: QueuedEnvelope): void {
    delivery.waiting += parcel.items;
    if (parcel.place) delivery.spooled += parcel.items;
    this.memory += parcel.bytes?.length ?? 0;
    this.write(parcel);
    this.line.add(parcel);
    this.keepWithinBounds(parcel);
  }

  /** Its bytes, from memory or from disk. */
  read({ bytes, place }: QueuedEnvelope): Buffer | undefined {
    return bytes ?? (place && this.parts.spool?.read(place));
  }

  /** It has to wait: on disk where that can be. */
  keepOnDisk(parcel: QueuedEnvelope): void {
    this.write(parcel);
    if (parcel.place) this.forget(parcel);
    tellSdk(parcel, undefined);
  }

  taken(parcel: QueuedEnvelope): void {
    this.settle(parcel, true);
  }

  drop(parcel: QueuedEnvelope, reason: DropReason): void {
    if (parcel.items > 0) this.countDropped(reason, parcel.category, parcel.items);
    this.settle(parcel, false);
  }

  countDropped(reason: DropReason, category: Category, items: number): void {
    countDropped(reason, items);
    guarded('delivery', () => {
      const count = SINGLE.has(category) ? 1 : items; // the rest are attachments
      this.parts.recordDropped(sdkReason(reason), category, count);
    });
  }

  /** Leaves out what is another's to send. */
  disown(parcel: QueuedEnvelope): void {
    parcel.place = undefined;
    delivery.spooled -= parcel.items;
    this.settle(parcel, false);
  }

  /** The spool is full: what is worth least goes, but nothing that is worth more than what comes. */
  private write(parcel: QueuedEnvelope): void {
    const { spool } = this.parts;
    const { bytes, category, items, since } = parcel;
    if (!spool || !bytes || parcel.place) return;
    while (!spool.fits(bytes.length)) {
      const victim = this.line.takeLeastValuable((other) => other.place !== undefined, category);
      if (!victim) return;
      this.drop(victim, 'spool_full');
    }
    parcel.place = spool.append(bytes, category, items, since);
    if (parcel.place) delivery.spooled += items;
  }

  private keepWithinBounds(latest: QueuedEnvelope): void {
    while (this.line.size > this.mostWaiting) this.giveUp(() => true);
    if (this.memory <= MEMORY_BYTES) return;
    if (latest.place) this.forget(latest);
    while (this.memory > MEMORY_BYTES && this.giveUp(({ bytes, place }) => bytes !== undefined && !place));
  }

  private giveUp(fits: (parcel: QueuedEnvelope) => boolean): boolean {
    const victim = this.line.takeLeastValuable(fits, 'error');
    if (victim) this.drop(victim, this.parts.spool ? 'spool_full' : 'queue_overflow');
    return victim !== undefined;
  }

  private settle(parcel: QueuedEnvelope, isTaken: boolean): void {
    delivery.waiting -= parcel.items;
    if (parcel.place) {
      delivery.spooled -= parcel.items;
      this.parts.spool?.done(parcel.place);
      parcel.place = undefined;
    }
    this.forget(parcel);
    this.parts.settled(parcel, isTaken);
  }

  private forget(parcel: QueuedEnvelope): void {
    this.memory -= parcel.bytes?.length ?? 0;
    parcel.bytes = undefined;
    tellSdk(parcel, undefined);
  }
}

/** The SDK keeps the event of an envelope until it hears what became of it. */
export function tellSdk(parcel: QueuedEnvelope, statusCode: number | undefined): void {
  parcel.answer?.(statusCode);
  parcel.answer = undefined;
}
