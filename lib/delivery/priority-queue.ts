import { CATEGORIES, rankOf, type Category } from './categories.js';
import type { RecordLocation } from './spool/segment.js';

/** One envelope on its way. */
export interface QueuedEnvelope {
  readonly category: Category;
  /** Items that count as deliveries: reports of the SDK about itself do not. */
  readonly items: number;
  /** When it was handed over, in milliseconds since 1970. */
  readonly since: number;
  /** Size in bytes. */
  readonly size: number;
  /** What is sent; not there while it waits on disk only. */
  bytes?: Buffer;
  /** Where it stands on disk. */
  place?: RecordLocation;
  attempts: number;
  /** Tells the SDK what became of it. */
  answer?: (statusCode?: number) => void;
}

/** First in, first out, without moving what is behind. */
class Queue {
  private list: (QueuedEnvelope | undefined)[] = [];
  private head = 0;

  get size(): number {
    return this.list.length - this.head;
  }

  get first(): QueuedEnvelope | undefined {
    return this.list[this.head];
  }

  push(parcel: QueuedEnvelope): void {
    this.list.push(parcel);
  }

  unshift(parcel: QueuedEnvelope): void {
    if (this.head > 0) this.list[--this.head] = parcel;
    else this.list.unshift(parcel);
  }

  shift(): QueuedEnvelope | undefined {
    const first = this.list[this.head];
    if (first === undefined) return undefined;
    this.list[this.head++] = undefined;
    if (this.head > 1_024 && this.head * 2 > this.list.length) {
      this.list = this.list.slice(this.head);
      this.head = 0;
    }
    return first;
  }

  takeFirst(fits: (parcel: QueuedEnvelope) => boolean): QueuedEnvelope | undefined {
    for (let at = this.head; at < this.list.length; at++) {
      const parcel = this.list[at] as QueuedEnvelope;
      if (fits(parcel)) return at === this.head ? this.shift() : this.list.splice(at, 1)[0];
    }
    return undefined;
  }

  *[Symbol.iterator](): Iterator<QueuedEnvelope> {
    for (let at = this.head; at < this.list.length; at++) yield this.list[at] as QueuedEnvelope;
  }

  keep(isKept: (parcel: QueuedEnvelope) => boolean): void {
    this.list = [...this].filter(isKept);
    this.head = 0;
  }
}

/** Everything that waits, by category: the most valuable is taken first, the least valuable given up first. */
export class PriorityQueue {
  private readonly queues = CATEGORIES.map(() => new Queue());
  size = 0;

  add(parcel: QueuedEnvelope): void {
    this.queueOf(parcel).push(parcel);
    this.size++;
  }

  /** Puts what was taken before everything else of its category. */
  putBack(parcel: QueuedEnvelope): void {
    this.queueOf(parcel).unshift(parcel);
    this.size++;
  }

  /** Takes the first of the most valuable category that may go. */
  take(mayGo: (category: Category) => boolean): QueuedEnvelope | undefined {
    const rank = this.queues.findIndex(({ size }, index) => size > 0 && mayGo(CATEGORIES[index] as Category));
    const parcel = this.queues[rank]?.shift();
    if (parcel) this.size--;
    return parcel;
  }

  /** Takes the oldest of the least valuable category among those that fit; none that is worth more than `category`. */
  takeLeastValuable(fits: (parcel: QueuedEnvelope) => boolean, category: Category): QueuedEnvelope | undefined {
    for (let rank = this.queues.length - 1; rank >= rankOf(category); rank--) {
      const parcel = this.queues[rank]?.takeFirst(fits);
      if (!parcel) continue;
      this.size--;
      return parcel;
    }
    return undefined;
  }

  /** The categories that something waits in. */
  categories(): Category[] {
    return CATEGORIES.filter((_, rank) => (this.queues[rank] as Queue).size > 0);
  }

  /** Takes everything that was handed over before `time`. */
  takeOlderThan(time: number): QueuedEnvelope[] {
    const old: QueuedEnvelope[] = [];
    for (const queue of this.queues) {
      while (queue.first && queue.first.since < time) old.push(queue.shift() as QueuedEnvelope);
    }
    this.size -= old.length;
    return old;
  }

  /** When the oldest was handed over. */
  oldest(): number | undefined {
    const times = this.queues.flatMap(({ first }) => (first ? [first.since] : []));
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Leaves out what is no longer ours to send. */
  keep(isKept: (parcel: QueuedEnvelope) => boolean): void {
    for (const queue of this.queues) queue.keep(isKept);
    this.size = this.queues.reduce((sum, { size }) => sum + size, 0);
  }

  *[Symbol.iterator](): Iterator<QueuedEnvelope> {
    for (const queue of this.queues) yield* queue;
  }

  private queueOf({ category }: QueuedEnvelope): Queue {
    return this.queues[rankOf(category)] as Queue;
  }
}
