import type { Category } from './categories.js';
import { Circuit, type CircuitState } from './circuit.js';
import { delivery, recordFailure, recordSuccess } from './counts.js';
import { withoutLimited, withSentAt } from './envelope-bytes.js';
import { notifySdk, type EnvelopeStore } from './envelope-store.js';
import { ExitWait } from './exit-delay.js';
import { FailureNotice } from './failure-warning.js';
import type { Flushes } from './flushes.js';
import type { QueuedEnvelope } from './priority-queue.js';
import { RateLimits } from './rate-limits.js';
import { codeOf, outcomeOf, type ReceiverResponse, type Sender } from './response-outcome.js';
import { Timer } from './timer.js';

/** The number of connections that the SDK uses. */
const MAX_IN_FLIGHT = 30;
/** For how long the `sent_at` of an envelope stays accurate enough. */
const SENT_AT_TOLERANCE = 10_000;

export interface DispatcherOptions {
  send: Sender;
  /** The host of the receiver. */
  host: string;
  /** Milliseconds. */
  maxAge: number;
  now: () => number;
  random: () => number;
}

/** Sends queued envelopes as rate limits, circuit and retry backoff allow, and acts on the responses. */
export class Dispatcher {
  readonly inFlight: Set<QueuedEnvelope>;
  readonly limits = new RateLimits();
  private readonly circuit: Circuit;
  private readonly exitWait: ExitWait;
  private readonly notice: FailureNotice;
  private onFinished: (() => void) | undefined;
  private readonly timer = new Timer(() => {
    this.dispatch();
  });

  constructor(
    private readonly options: DispatcherOptions,
    private readonly store: EnvelopeStore,
    private readonly flushes: Flushes,
  ) {
    this.inFlight = store.inFlight;
    this.circuit = new Circuit(options.random);
    this.exitWait = new ExitWait(this.inFlight, options.now);
    this.notice = new FailureNotice(options.host);
  }

  get circuitState(): CircuitState {
    return this.circuit.state(this.options.now());
  }

  /** Lets the next request through, and ends every retry backoff. */
  retryNow(now: number): void {
    this.circuit.retryNow(now);
    this.store.retryNow();
  }

  /** Keeps the process alive until everything that can be sent now has been tried once, at most for this time. */
  waitForExit(timeout: number): void {
    this.dispatch();
    this.exitWait.begin(timeout);
  }

  noteFailedFlush(begunAt: number, timeout: number): void {
    this.exitWait.noteFailedFlush(begunAt, timeout);
  }

  /** Called when the process exits. */
  close(): void {
    this.notice.close();
  }

  /** Starts no more requests; calls back once those in flight are settled. */
  finish(onFinished: () => void): void {
    this.onFinished = onFinished;
    if (this.inFlight.size === 0) onFinished();
  }

  /** Closes connections and ends timers. The responses to requests that are no longer in flight are ignored. */
  stop(): void {
    this.onFinished = undefined;
    this.timer.stop();
    this.exitWait.stop();
    this.notice.stop();
    this.options.send.disconnect?.();
  }

  dispatch(): void {
    const now = this.options.now();
    this.store.heartbeatIfOverdue();
    this.store.retryDue(now);
    while (!this.onFinished && this.inFlight.size < this.circuit.capacity(now, MAX_IN_FLIGHT)) {
      const envelope = this.store.queue.take((category) => !this.limits.isLimited(category, now));
      if (!envelope) break;
      if (now - envelope.queuedAt > this.options.maxAge) {
        this.store.drop(envelope, 'spool_expired');
        continue;
      }
      const bytes = this.store.read(envelope);
      if (!bytes) {
        this.store.drop(envelope, 'spool_damaged');
        continue;
      }
      this.inFlight.add(envelope);
      this.circuit.requestStarted();
      void this.attempt(envelope, bytes);
    }
    this.scheduleNext(now);
  }

  private async attempt(envelope: QueuedEnvelope, bytes: Buffer): Promise<void> {
    const startedAt = this.options.now();
    try {
      if (envelope.attempts++ > 0) delivery.retried += envelope.items;
      const isLimited = (category: Category) => this.limits.isLimited(category, startedAt);
      const { bytes: allowed, removed } = this.limits.isAnyLimited(startedAt)
        ? withoutLimited(bytes, isLimited)
        : { bytes, removed: [] };
      const isLate = startedAt - envelope.queuedAt > SENT_AT_TOLERANCE;
      const response = await this.options.send(isLate ? withSentAt(allowed, startedAt) : allowed);
      if (this.inFlight.has(envelope)) this.handleResponse(envelope, response, startedAt, removed);
    } catch (error) {
      if (this.inFlight.has(envelope)) this.failed(envelope, codeOf(error), startedAt);
    } finally {
      const wasInFlight = this.inFlight.delete(envelope);
      if (this.onFinished && this.inFlight.size === 0) this.onFinished();
      else if (wasInFlight) this.dispatch();
    }
  }

  /** @param removed - categories of the items that a rate limit kept back */
  private handleResponse(
    envelope: QueuedEnvelope,
    { status, headers }: ReceiverResponse,
    startedAt: number,
    removed: readonly Category[],
  ): void {
    const now = this.options.now();
    this.exitWait.noteAnswer();
    this.limits.update(status, headers, now);
    const outcome = outcomeOf(status);
    if (outcome === 'retry' && status !== 429) {
      this.failed(envelope, `http_${status}`, startedAt);
      return;
    }
    if (this.circuit.state(now) !== 'closed') this.store.retryNow();
    this.circuit.succeeded();
    notifySdk(envelope, status);
    if (outcome === 'accepted') {
      recordSuccess(envelope.items - removed.length);
      this.notice.succeeded();
      for (const category of removed) this.store.countDropped('ratelimit_backoff', category, 1);
      if (removed.length > 0) this.flushes.lose();
      this.store.accept(envelope);
      return;
    }
    this.noteFailure(`http_${status}`);
    if (outcome === 'rejected') this.store.drop(envelope, `http_${status}`);
    else this.retryLater(envelope);
  }

  private failed(envelope: QueuedEnvelope, reason: string, startedAt: number): void {
    this.noteFailure(reason);
    this.circuit.failed(startedAt, this.options.now());
    this.retryLater(envelope);
  }

  private noteFailure(reason: string): void {
    recordFailure(reason);
    this.notice.failed(reason);
  }

  private retryLater(envelope: QueuedEnvelope): void {
    const now = this.options.now();
    // A rate limit is its own backoff: the envelope keeps its position until the limit ends.
    if (this.limits.isLimited(envelope.category, now)) this.store.putBack(envelope);
    else this.store.backOff(envelope, now);
  }

  /** Sets the timer for the next time something can be sent; flushes that end before it end now. */
  private scheduleNext(now: number): void {
    const next = this.nextTime(now);
    if (this.inFlight.size === 0) this.flushes.giveUpBefore(next);
    this.exitWait.update();
    this.timer.schedule(next, now);
  }

  private nextTime(now: number): number {
    const capacity = this.circuit.capacity(now, MAX_IN_FLIGHT);
    if (capacity > 0 && this.inFlight.size >= capacity) return Infinity; // the next response continues
    const limitEnds = this.store.queue.categories().map((category) => Math.max(this.limits.until(category), now));
    const next = Math.min(...limitEnds, this.store.earliestRetry);
    return capacity === 0 ? Math.max(next, this.circuit.retryAt) : next;
  }
}
