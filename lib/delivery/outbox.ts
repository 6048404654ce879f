import { AsyncResource } from 'node:async_hooks';
import { Timer } from './timer.js';
import type { Category } from './categories.js';
import { Circuit, type CircuitState } from './circuit.js';
import { delivery, noteFailure, noteSuccess } from './counts.js';
import type { SdkDropReason } from './drop-reason.js';
import { mainCategory, sentNow, toBytes, withoutLimited, type EnvelopeParts } from './envelope-bytes.js';
import { Flushes } from './flushes.js';
import { RateLimits } from './rate-limits.js';
import { RetryBackoff } from './retry-backoff.js';
import type { Orphan } from './spool/adopt.js';
import type { Spool } from './spool/spool.js';
import { EnvelopeStore, tellSdk } from './envelope-store.js';
import { codeOf, outcomeOf, type ReceiverResponse, type Sender } from './response-outcome.js';
import type { QueuedEnvelope } from './priority-queue.js';

/** As many as the SDK has connections. */
const MOST_UNDER_WAY = 30;
/** For so long what an envelope says of the time it was sent is true. */
const SENT_AT_HOLDS = 10_000;

export interface OutboxParts {
  send: Sender;
  spool?: Spool;
  maxAge: number;
  now: () => number;
  random: () => number;
  recordDropped: (reason: SdkDropReason, category: Category, count: number) => void;
}

/**
 * Keeps every envelope until Sentry has taken it: writes it to the spool, sends it, sends it again. Who hands something
 * over waits for nothing.
 */
export class Outbox {
  private readonly stock: EnvelopeStore;
  private readonly limits = new RateLimits();
  private readonly circuit: Circuit;
  private readonly flushes = new Flushes();
  private readonly underWay = new Set<QueuedEnvelope>();
  private readonly resting: RetryBackoff;
  /** Requests of ours belong to no request of the application, and keep nothing of one. */
  private readonly scope = new AsyncResource('nestjs-error-tracker.outbox');
  private readonly alarm = new Timer(() => {
    this.pump();
  });

  constructor(private readonly parts: OutboxParts) {
    this.circuit = new Circuit(parts.random);
    this.resting = new RetryBackoff(parts.random);
    this.stock = new EnvelopeStore({
      ...parts,
      settled: (parcel, isTaken) => {
        this.flushes.settled(parcel, isTaken);
      },
    });
  }

  /**
   * Takes an envelope over.
   *
   * @returns the status that Sentry answered at the first try; undefined where that is not known or did not settle it
   * @throws TypeError - where it cannot be written as JSON
   */
  hand(envelope: EnvelopeParts, items: number): Promise<number | undefined> {
    const bytes = toBytes(envelope);
    return new Promise((answer) => {
      const category = mainCategory(envelope[1]);
      const parcel: QueuedEnvelope = {
        category,
        items,
        since: this.parts.now(),
        size: bytes.length,
        bytes,
        attempts: 0,
        answer,
      };
      if (items > 0) this.flushes.handed(parcel);
      this.stock.add(parcel);
      this.pumpInScope();
      // The event of what waits is not kept for its sake.
      if (!this.underWay.has(parcel)) tellSdk(parcel, undefined);
    });
  }

  /** Takes over what another process has left. */
  adopt(orphans: readonly Orphan[]): void {
    for (const orphan of orphans) this.stock.add({ ...orphan, attempts: 0 });
    this.pumpInScope();
  }

  /**
   * Waits until Sentry has taken all that was handed over in this process.
   *
   * @param timeout - milliseconds
   * @returns false where something was dropped, still waits, or cannot be tried before the time is up
   */
  flush(timeout: number): Promise<boolean> {
    const now = this.parts.now();
    this.circuit.hasten(now);
    this.restNoLonger();
    const done = this.flushes.begin(now + timeout, now);
    this.pumpInScope();
    return done;
  }

  private get isEmpty(): boolean {
    return this.stock.line.size + this.underWay.size + this.resting.size === 0;
  }

  get circuitState(): CircuitState {
    return this.circuit.state(this.parts.now());
  }

  /** When the oldest of what waits was handed over. */
  oldest(): number | undefined {
    let oldest = this.stock.line.oldest() ?? Infinity;
    for (const { since } of [...this.underWay, ...this.resting.parcels]) oldest = Math.min(oldest, since);
    return oldest === Infinity ? undefined : oldest;
  }

  dropExpired(): void {
    const oldest = this.parts.now() - this.parts.maxAge;
    for (const parcel of this.stock.line.takeOlderThan(oldest)) this.stock.drop(parcel, 'spool_expired');
  }

  /** Shows others that this process is alive; gives up, without a word, what one of them has taken for its own to send. */
  beat(): void {
    if (!this.parts.spool || this.parts.spool.beat()) return;
    const isOurs = ({ place }: QueuedEnvelope) => place === undefined;
    this.restNoLonger();
    for (const parcel of this.stock.line) if (!isOurs(parcel)) this.stock.disown(parcel);
    this.stock.line.keep(isOurs);
  }

  /** At the end of the process: writes what could not be written before. */
  leave(): void {
    this.restNoLonger();
    this.parts.spool?.pauseNoLonger();
    for (const parcel of [...this.stock.line, ...this.underWay]) this.stock.keepOnDisk(parcel);
    this.parts.spool?.release(this.isEmpty);
  }

  /** Leaves no folder behind where nothing waits; what still comes has a new one. */
  foldUp(): void {
    if (this.isEmpty) this.parts.spool?.release(true);
  }

  /** Sends what may be sent now. */
  pump(): void {
    const now = this.parts.now();
    if (this.parts.spool?.isOverdue) this.beat(); // stood still: perhaps another has taken us for gone
    for (const parcel of this.resting.takeDue(now)) this.returnToLine(parcel);
    while (this.underWay.size < this.circuit.room(now, MOST_UNDER_WAY)) {
      const parcel = this.stock.line.take((category) => !this.limits.isLimited(category, now));
      if (!parcel) break;
      if (now - parcel.since > this.parts.maxAge) {
        this.stock.drop(parcel, 'spool_expired');
        continue;
      }
      const bytes = this.stock.read(parcel);
      if (!bytes) {
        this.stock.drop(parcel, 'spool_damaged');
        continue;
      }
      this.underWay.add(parcel);
      this.circuit.tries();
      void this.attempt(parcel, bytes);
    }
    this.sleep(now);
  }

  private async attempt(parcel: QueuedEnvelope, bytes: Buffer): Promise<void> {
    const startedAt = this.parts.now();
    try {
      if (parcel.attempts++ > 0) delivery.retried += parcel.items;
      const isLimited = (category: Category) => this.limits.isLimited(category, startedAt);
      const { bytes: allowed, left } = this.limits.isAnyLimited(startedAt)
        ? withoutLimited(bytes, isLimited)
        : { bytes, left: [] };
      const isLate = startedAt - parcel.since > SENT_AT_HOLDS;
      const answer = await this.parts.send(isLate ? sentNow(allowed, startedAt) : allowed);
      this.judge(parcel, answer, startedAt, left);
    } catch (error) {
      this.failed(parcel, codeOf(error), startedAt);
    } finally {
      this.underWay.delete(parcel);
      this.pump();
    }
  }

  /** @param left - categories of the items that were not sent */
  private judge(
    parcel: QueuedEnvelope,
    { status, headers }: ReceiverResponse,
    startedAt: number,
    left: readonly Category[],
  ): void {
    const now = this.parts.now();
    this.limits.note(status, headers, now);
    const verdict = outcomeOf(status);
    if (verdict === 'later' && status !== 429) {
      this.failed(parcel, `http_${status}`, startedAt);
      return;
    }
    if (this.circuit.state(now) !== 'closed') this.restNoLonger();
    this.circuit.succeeded();
    if (verdict === 'taken') {
      noteSuccess(parcel.items - left.length);
      for (const category of left) this.stock.countDropped('ratelimit_backoff', category, 1);
      tellSdk(parcel, status);
      this.stock.taken(parcel);
      return;
    }
    noteFailure(`http_${status}`);
    tellSdk(parcel, status);
    if (verdict === 'refused') this.stock.drop(parcel, `http_${status}`);
    else this.rest(parcel);
  }

  private failed(parcel: QueuedEnvelope, reason: string, startedAt: number): void {
    noteFailure(reason);
    this.circuit.failed(startedAt, this.parts.now());
    this.rest(parcel);
  }

  private rest(parcel: QueuedEnvelope): void {
    this.stock.keepOnDisk(parcel);
    const now = this.parts.now();
    // What Sentry limits waits in line for the limit to end.
    if (this.limits.isLimited(parcel.category, now)) this.stock.line.putBack(parcel);
    else this.resting.add(parcel, now);
  }

  private restNoLonger(): void {
    for (const parcel of this.resting.takeDue(Infinity)) this.returnToLine(parcel);
  }

  /** To its end: what fails by its own fault must not stand before everything else. */
  private returnToLine(parcel: QueuedEnvelope): void {
    this.stock.line.add(parcel);
  }

  private pumpInScope(): void {
    this.scope.runInAsyncScope(() => {
      this.pump();
    });
  }

  /** Until there is something to do; those who flush are let go where that will be too late for them. */
  private sleep(now: number): void {
    const next = this.nextTime(now);
    if (this.underWay.size === 0) this.flushes.nothingBefore(next);
    this.alarm.setFor(next, now);
  }

  private nextTime(now: number): number {
    const room = this.circuit.room(now, MOST_UNDER_WAY);
    if (room > 0 && this.underWay.size >= room) return Infinity; // the next answer goes on
    const ends = this.stock.line.categories().map((category) => Math.max(this.limits.until(category), now));
    const next = Math.min(...ends, this.resting.earliest);
    return room === 0 ? Math.max(next, this.circuit.retryAt) : next;
  }
}
