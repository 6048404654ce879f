import { CATEGORIES, rankOf, type Category } from './categories.js';
import type { RecordLocation } from './spool/segment.js';

/** An envelope that waits or is in flight. */
export interface QueuedEnvelope {
  readonly category: Category;
  /** Counted items: client reports are not counted. */
  readonly items: number;
  /** Milliseconds since 1970. */
  readonly queuedAt: number;
  /** Size in bytes. */
  readonly size: number;
  /** Undefined while the envelope is on disk only. */
  bytes?: Buffer;
  /** Where it is on disk. */
  location?: RecordLocation;
  attempts: number;
  /** Reports the status of the response to the SDK. */
  onSettled?: (statusCode?: number) => void;
  /** Called once Sentry has accepted it. */
  onAccepted?: (() => void) | undefined;
}

/** A first-in, first-out queue whose `shift` takes constant time. */
class Fifo {
  private list: (QueuedEnvelope | undefined)[] = [];
  private head = 0;

  get size(): number {
    return this.list.length - this.head;
  }

  get first(): QueuedEnvelope | undefined {
    return this.list[this.head];
  }

  push(envelope: QueuedEnvelope): void {
    this.list.push(envelope);
  }

  unshift(envelope: QueuedEnvelope): void {
    if (this.head > 0) this.list[--this.head] = envelope;
    else this.list.unshift(envelope);
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

  takeFirst(matches: (envelope: QueuedEnvelope) => boolean): QueuedEnvelope | undefined {
    for (let index = this.head; index < this.list.length; index++) {
      const envelope = this.list[index] as QueuedEnvelope;
      if (matches(envelope)) return index === this.head ? this.shift() : this.list.splice(index, 1)[0];
    }
    return undefined;
  }

  *[Symbol.iterator](): Iterator<QueuedEnvelope> {
    for (let index = this.head; index < this.list.length; index++) yield this.list[index] as QueuedEnvelope;
  }

  keep(isKept: (envelope: QueuedEnvelope) => boolean): void {
    this.list = [...this].filter(isKept);
    this.head = 0;
  }
}

/** Waiting envelopes by category: the most valuable are sent first, the least valuable are dropped first. */
export class PriorityQueue {
  private readonly queues = CATEGORIES.map(() => new Fifo());
  size = 0;

  add(envelope: QueuedEnvelope): void {
    this.queueOf(envelope).push(envelope);
    this.size++;
  }

  /** Adds an envelope before all others of its category. */
  putBack(envelope: QueuedEnvelope): void {
    this.queueOf(envelope).unshift(envelope);
    this.size++;
  }

  /** Takes the first of the most valuable category that may be sent. */
  take(maySend: (category: Category) => boolean): QueuedEnvelope | undefined {
    const rank = this.queues.findIndex(({ size }, index) => size > 0 && maySend(CATEGORIES[index] as Category));
    const envelope = this.queues[rank]?.shift();
    if (envelope) this.size--;
    return envelope;
  }

  /** Takes the oldest match of the least valuable category, but none more valuable than `category`. */
  takeLeastValuable(matches: (envelope: QueuedEnvelope) => boolean, category: Category): QueuedEnvelope | undefined {
    for (let rank = this.queues.length - 1; rank >= rankOf(category); rank--) {
      const envelope = this.queues[rank]?.takeFirst(matches);
      if (!envelope) continue;
      this.size--;
      return envelope;
    }
    return undefined;
  }

  /** @returns whether it was queued */
  remove(envelope: QueuedEnvelope): boolean {
    const isRemoved = this.queueOf(envelope).takeFirst((other) => other === envelope) !== undefined;
    if (isRemoved) this.size--;
    return isRemoved;
  }

  /** The categories with waiting envelopes. */
  categories(): Category[] {
    return CATEGORIES.filter((_, rank) => (this.queues[rank] as Fifo).size > 0);
  }

  /** Takes everything queued before `time`. */
  takeOlderThan(time: number): QueuedEnvelope[] {
    const old: QueuedEnvelope[] = [];
    for (const queue of this.queues) {
      while (queue.first && queue.first.queuedAt < time) old.push(queue.shift() as QueuedEnvelope);
    }
    this.size -= old.length;
    return old;
  }

  /** When the oldest envelope was queued. */
  oldest(): number | undefined {
    const times = this.queues.flatMap(({ first }) => (first ? [first.queuedAt] : []));
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Removes all envelopes that do not match. */
  keep(isKept: (envelope: QueuedEnvelope) => boolean): void {
    for (const queue of this.queues) queue.keep(isKept);
    this.size = this.queues.reduce((sum, { size }) => sum + size, 0);
  }

  *[Symbol.iterator](): Iterator<QueuedEnvelope> {
    for (const queue of this.queues) yield* queue;
  }

  private queueOf({ category }: QueuedEnvelope): Fifo {
    return this.queues[rankOf(category)] as Fifo;
  }
}
