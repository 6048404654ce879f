import { guarded } from '../stats/stats.js';
import { countDropped, delivery } from './counts.js';
import { sdkReason, type DropReason, type SdkDropReason } from './drop-reason.js';
import type { Category } from './categories.js';
import { SpoolEviction } from './spool-eviction.js';
import { PriorityQueue, type QueuedEnvelope } from './priority-queue.js';
import { RetryBackoff } from './retry-backoff.js';
import type { Spool } from './spool/spool.js';

/** Bytes of envelopes in memory; beyond that, envelopes wait on disk only. */
const MAX_MEMORY_BYTES = 8 * 1_048_576;
/** Envelopes that may wait without a spool. */
const MAX_ENVELOPES = 10_000;
/** Few enough not to be noticed: what waits in memory is written little by little once the disk can be used. */
const WRITES_A_HEARTBEAT = 256;
/** Categories of which an envelope holds one item. */
const SINGLE_ITEM_CATEGORIES = new Set<Category>(['error', 'transaction', 'feedback']);

export interface EnvelopeStoreOptions {
  spool?: Spool;
  random: () => number;
  /** Reports drops to the SDK, for its client reports. */
  recordDropped: (reason: SdkDropReason, category: Category, count: number) => void;
  /** Called once an envelope is accepted, dropped or disowned. */
  onSettled: (envelope: QueuedEnvelope, isAccepted: boolean) => void;
}

/** Everything that Sentry has not accepted yet, in memory and on disk, within its limits. */
export class EnvelopeStore {
  readonly queue = new PriorityQueue();
  readonly inFlight = new Set<QueuedEnvelope>();
  private readonly backoff: RetryBackoff;
  private readonly eviction: SpoolEviction;
  private memory = 0;
  private waitingBytes = 0;
  private spool: Spool | undefined;
  private readonly maxEnvelopes: number;

  constructor(private readonly options: EnvelopeStoreOptions) {
    this.backoff = new RetryBackoff(options.random);
    this.spool = options.spool;
    this.eviction = new SpoolEviction([this.queue, this.backoff], this.inFlight, (victim) => {
      this.drop(victim, 'spool_full');
    });
    this.maxEnvelopes = options.spool?.limits.maxEvents ?? MAX_ENVELOPES;
  }

  /** Envelopes that are not in flight. */
  get size(): number {
    return this.queue.size + this.backoff.size;
  }

  /** Whether another of this size would leave less than half of the room of everything that waits. */
  isHalfFull(size: number): boolean {
    if (this.size * 2 >= this.maxEnvelopes) return true;
    return (this.waitingBytes + size) * 2 > (this.spool?.limits.maxBytes ?? MAX_MEMORY_BYTES);
  }

  /** When the oldest of them was queued; `Infinity` if there is none. */
  oldest(): number {
    let oldest = this.queue.oldest() ?? Infinity;
    for (const { queuedAt } of this.backoff.envelopes) oldest = Math.min(oldest, queuedAt);
    return oldest;
  }

  add(envelope: QueuedEnvelope): void {
    delivery.waiting += envelope.items;
    if (envelope.location) delivery.spooled += envelope.items;
    this.memory += envelope.bytes?.length ?? 0;
    this.waitingBytes += envelope.size;
    this.write(envelope);
    this.queue.add(envelope);
    this.enforceLimits(envelope);
  }

  /** The bytes of an envelope, from memory or from disk. */
  read({ bytes, location }: QueuedEnvelope): Buffer | undefined {
    return bytes ?? (location && this.spool?.read(location));
  }

  /** Whether an envelope may wait: one that is larger than the spool or the memory may be is sent at once or dropped. */
  private canKeep({ size, location }: QueuedEnvelope): boolean {
    if (location) return true;
    return size <= MAX_MEMORY_BYTES && (this.spool?.canHold(size) ?? true);
  }

  /** Drops a queued envelope that may not wait. */
  dropUnkept(envelope: QueuedEnvelope): void {
    if (this.canKeep(envelope) || !this.queue.remove(envelope)) return;
    this.drop(envelope, 'too_large');
  }

  /** Keeps an envelope on disk only, if it can be written. */
  moveToDisk(envelope: QueuedEnvelope): void {
    this.write(envelope);
    if (envelope.location) this.freeMemory(envelope);
    notifySdk(envelope, undefined);
  }

  /** Queues an envelope again, before all others of its category. */
  putBack(envelope: QueuedEnvelope): void {
    this.moveToDisk(envelope);
    if (this.canKeep(envelope)) this.queue.putBack(envelope);
    else this.drop(envelope, 'too_large');
  }

  /** Queues an envelope again once its retry backoff is over. */
  backOff(envelope: QueuedEnvelope, now: number): void {
    this.moveToDisk(envelope);
    if (this.canKeep(envelope)) this.backoff.add(envelope, now);
    else this.drop(envelope, 'too_large');
  }

  get earliestRetry(): number {
    return this.backoff.earliest;
  }

  /** Queues what may be retried, behind everything else: what always fails must not block the others. */
  retryDue(now: number): void {
    for (const envelope of this.backoff.takeDue(now)) this.queue.add(envelope);
  }

  retryNow(): void {
    this.retryDue(Infinity);
  }

  accept(envelope: QueuedEnvelope): void {
    this.settle(envelope, true);
    envelope.onAccepted?.();
  }

  drop(envelope: QueuedEnvelope, reason: DropReason): void {
    if (envelope.items > 0) this.countDropped(reason, envelope.category, envelope.items);
    this.settle(envelope, false);
  }

  dropOlderThan(time: number): void {
    for (const envelope of this.queue.takeOlderThan(time)) this.drop(envelope, 'spool_expired');
  }

  countDropped(reason: DropReason, category: Category, items: number): void {
    countDropped(reason, items);
    guarded('delivery', () => {
      const count = SINGLE_ITEM_CATEGORIES.has(category) ? 1 : items; // the others are attachments
      this.options.recordDropped(sdkReason(reason), category, count);
    });
  }

  /** Shows other processes that this one is alive; disowns envelopes that another process has adopted. */
  heartbeat(): void {
    const { spool } = this;
    if (!spool) return;
    if (!spool.heartbeat()) this.disownLost(spool);
    if (spool.hasLost) this.rescueLost(spool);
    this.writeWaiting();
  }

  /** After a long pause of the process: another one may have considered it dead. */
  heartbeatIfOverdue(): void {
    if (this.spool?.isHeartbeatOverdue) this.heartbeat();
  }

  /** Leaves what is on disk to the next start, drops the rest, and writes no more. */
  abandon(): void {
    this.retryNow();
    const all = [...this.queue, ...this.inFlight];
    this.queue.keep(() => false);
    this.inFlight.clear();
    for (const envelope of all) {
      if (envelope.location) this.disown(envelope);
      else this.drop(envelope, 'client_closed');
    }
    this.spool = undefined;
  }

  private disown(envelope: QueuedEnvelope): void {
    this.forgetLocation(envelope);
    this.settle(envelope, false);
  }

  private disownLost(spool: Spool): void {
    const isOwn = ({ location }: QueuedEnvelope) => location === undefined || spool.holds(location);
    this.retryNow();
    for (const envelope of [...this.queue]) {
      if (isOwn(envelope) || !this.queue.remove(envelope)) continue;
      this.disown(envelope);
    }
  }

  /** Writes what was in files that have disappeared once more, as far as it is still in memory or in an open file. */
  private rescueLost(spool: Spool): void {
    this.retryNow();
    for (const envelope of [...this.queue, ...this.inFlight]) {
      if (!envelope.location || spool.holds(envelope.location)) continue;
      const bytes = envelope.bytes ?? spool.read(envelope.location);
      this.forgetLocation(envelope);
      if (bytes === undefined) {
        if (this.queue.remove(envelope)) this.drop(envelope, 'spool_damaged');
        continue;
      }
      const isNew = envelope.bytes === undefined;
      this.memory += isNew ? bytes.length : 0;
      envelope.bytes = bytes;
      if (isNew) this.moveToDisk(envelope);
      else this.write(envelope);
    }
    spool.forgetLost();
  }

  /** Writes some of what could not be written before. */
  private writeWaiting(): void {
    const unwritten = [...this.queue].filter(({ location, bytes }) => bytes !== undefined && location === undefined);
    for (const envelope of unwritten.slice(0, WRITES_A_HEARTBEAT)) {
      this.write(envelope);
      if (!envelope.location) return;
    }
  }

  private forgetLocation(envelope: QueuedEnvelope): void {
    envelope.location = undefined;
    delivery.spooled -= envelope.items;
  }

  private write(envelope: QueuedEnvelope): void {
    const { spool } = this;
    const { bytes, category, items, queuedAt } = envelope;
    if (!spool || !bytes) return;
    if (envelope.location && !spool.holds(envelope.location)) this.forgetLocation(envelope);
    if (envelope.location || !this.eviction.makeFor(envelope, spool)) return;
    envelope.location = spool.append(bytes, category, items, queuedAt);
    if (envelope.location) delivery.spooled += items;
  }

  private enforceLimits(latest: QueuedEnvelope): void {
    while (this.queue.size > this.maxEnvelopes) this.evict(() => true);
    if (this.memory <= MAX_MEMORY_BYTES || !this.canKeep(latest)) return;
    if (latest.location) this.freeMemory(latest);
    const limit = MAX_MEMORY_BYTES + this.bytesInFlight();
    while (this.memory > limit && this.evict(({ bytes, location }) => bytes !== undefined && !location));
  }

  private bytesInFlight(): number {
    let sum = 0;
    for (const { bytes } of this.inFlight) sum += bytes?.length ?? 0;
    return sum;
  }

  private evict(matches: (envelope: QueuedEnvelope) => boolean): boolean {
    const victim = this.queue.takeLeastValuable(matches, 'error');
    if (victim) this.drop(victim, this.spool ? 'spool_full' : 'queue_overflow');
    return victim !== undefined;
  }

  private settle(envelope: QueuedEnvelope, isAccepted: boolean): void {
    delivery.waiting -= envelope.items;
    this.waitingBytes -= envelope.size;
    if (envelope.location) {
      delivery.spooled -= envelope.items;
      this.spool?.markDone(envelope.location);
      envelope.location = undefined;
    }
    this.freeMemory(envelope);
    this.options.onSettled(envelope, isAccepted);
  }

  private freeMemory(envelope: QueuedEnvelope): void {
    this.memory -= envelope.bytes?.length ?? 0;
    envelope.bytes = undefined;
    notifySdk(envelope, undefined);
  }
}

/** Reports the result of an envelope to the SDK, which keeps the event in memory until then. */
export function notifySdk(envelope: QueuedEnvelope, statusCode: number | undefined): void {
  envelope.onSettled?.(statusCode);
  envelope.onSettled = undefined;
}
