import { keepContext } from '../process-state/context-runner.js';
import type { Category } from './categories.js';
import type { CircuitState } from './circuit.js';
import { Dispatcher } from './dispatcher.js';
import type { SdkDropReason } from './drop-reason.js';
import { mainCategory, toBytes, type EnvelopeParts } from './envelope-bytes.js';
import { EnvelopeStore, notifySdk } from './envelope-store.js';
import { Flushes } from './flushes.js';
import type { QueuedEnvelope } from './priority-queue.js';
import type { RateLimits } from './rate-limits.js';
import type { Sender } from './response-outcome.js';
import type { AbandonedEnvelope } from './spool/recovery.js';
import type { Spool, SpoolState } from './spool/spool.js';

export interface OutboxOptions {
  send: Sender;
  /** The host of the receiver. */
  host: string;
  spool?: Spool;
  /** Milliseconds. */
  maxAge: number;
  now: () => number;
  random: () => number;
  /** Reports drops to the SDK, for its client reports. */
  recordDropped: (reason: SdkDropReason, category: Category, count: number) => void;
}

/** Keeps every envelope until Sentry has accepted it: writes it to the spool, sends it, retries. Callers never wait. */
export class Outbox {
  private readonly store: EnvelopeStore;
  private readonly dispatcher: Dispatcher;
  private readonly flushes = new Flushes();
  /** Called before the outbox writes what it has because the process may end: adds what is still to come. */
  onClosing: () => void = () => undefined;
  /** Called when an application has stopped. */
  readonly onRest: (() => void)[] = [];
  /** Called once the outbox is shut. */
  readonly onShut: (() => void)[] = [];
  /** Requests to Sentry do not belong to a request of the application, and must not retain its context. */
  private readonly inProcess = keepContext('outbox');

  constructor(private readonly options: OutboxOptions) {
    this.store = new EnvelopeStore({
      ...options,
      onSettled: (envelope, isAccepted) => {
        this.flushes.settled(envelope, isAccepted);
      },
    });
    this.dispatcher = new Dispatcher(options, this.store, this.flushes);
  }

  /**
   * Queues an envelope.
   *
   * @param onAccepted - called once Sentry has accepted it
   * @returns the status of Sentry's response to the first attempt; undefined if it is unknown or did not settle the
   *   envelope
   * @throws TypeError - if it cannot be written as JSON
   */
  send(parts: EnvelopeParts, items: number, onAccepted?: () => void): Promise<number | undefined> {
    const bytes = toBytes(parts);
    return new Promise((onSettled) => {
      const envelope: QueuedEnvelope = {
        category: mainCategory(parts[1]),
        items,
        queuedAt: this.options.now(),
        size: bytes.length,
        bytes,
        attempts: 0,
        onSettled,
        onAccepted,
      };
      if (items > 0) this.flushes.track(envelope);
      this.store.add(envelope);
      this.dispatch();
      this.store.dropUnkept(envelope);
      // The SDK need not keep the event of a waiting envelope.
      if (!this.store.inFlight.has(envelope)) notifySdk(envelope, undefined);
    });
  }

  /** Adopts the envelopes of a process that is gone. */
  recover(abandoned: readonly AbandonedEnvelope[]): void {
    const envelopes: QueuedEnvelope[] = abandoned.map((envelope) => ({ ...envelope, attempts: 0 }));
    for (const envelope of envelopes) this.store.add(envelope);
    this.dispatch();
    for (const envelope of envelopes) if (!envelope.location) this.store.dropUnkept(envelope);
  }

  /**
   * Waits until Sentry has accepted everything that this process has queued.
   *
   * @param timeout - milliseconds
   * @returns false if something was dropped, still waits, or cannot be tried before the timeout
   */
  flush(timeout: number): Promise<boolean> {
    const now = this.options.now();
    this.dispatcher.retryNow(now);
    const result = this.flushes.begin(now + timeout, now);
    this.dispatch();
    void result.then((isFlushed) => {
      if (!isFlushed) this.dispatcher.noteFailedFlush(now, timeout);
    });
    return result;
  }

  /** Records the loss of an event that never reached the outbox. */
  lose(): void {
    this.flushes.lose();
  }

  /**
   * Keeps a process whose work is done alive until everything has been tried once, at most for this time. What a flush
   * has awaited for as long is not awaited again.
   */
  waitForExit(timeout: number): void {
    this.inProcess(() => {
      this.dispatcher.waitForExit(timeout);
    });
  }

  /** The rate limits that Sentry has set. */
  get rateLimits(): RateLimits {
    return this.dispatcher.limits;
  }

  /** Whether another envelope of this size would leave less than half of the room of everything that waits. */
  isHalfFull(size: number): boolean {
    return this.store.isHalfFull(size);
  }

  get circuitState(): CircuitState {
    return this.dispatcher.circuitState;
  }

  get spoolState(): SpoolState {
    return this.options.spool?.state ?? 'off';
  }

  /** When the oldest waiting envelope was queued. */
  oldest(): number | undefined {
    let oldest = this.store.oldest();
    for (const { queuedAt } of this.dispatcher.inFlight) oldest = Math.min(oldest, queuedAt);
    return oldest === Infinity ? undefined : oldest;
  }

  dropExpired(): void {
    this.store.dropOlderThan(this.options.now() - this.options.maxAge);
  }

  heartbeat(): void {
    this.store.heartbeat();
  }

  /** Called when the process ends: writes envelopes that could not be written before. */
  close(): void {
    this.onClosing();
    this.dispatcher.close();
    this.writeAll();
    this.options.spool?.release(this.isEmpty);
    this.options.spool?.close();
  }

  /**
   * Called when the client is closed: gives connections, timers, files and the folder back. What Sentry has not accepted
   * waits on disk for the next start; without a spool, it is dropped. Anything sent later is kept in memory only.
   */
  shut(): void {
    this.close();
    this.store.abandon();
    this.dispatcher.stop();
    this.onShut.splice(0).forEach((giveBack) => {
      giveBack();
    });
  }

  /** Called when another transport takes over: shuts once the requests in flight are settled. */
  retire(): void {
    this.dispatcher.finish(() => {
      this.shut();
    });
  }

  /**
   * Called when an application has stopped, after which a signal may end the process without any notice: writes what
   * could not be written before. If nothing waits, removes the folder; a later envelope creates a new one.
   */
  rest(): void {
    this.onClosing();
    if (this.isEmpty) this.options.spool?.release(true);
    else this.writeAll();
    for (const rest of this.onRest) rest();
  }

  private writeAll(): void {
    this.store.retryNow();
    this.options.spool?.resume();
    for (const envelope of [...this.store.queue, ...this.dispatcher.inFlight]) this.store.moveToDisk(envelope);
  }

  private get isEmpty(): boolean {
    return this.store.size + this.dispatcher.inFlight.size === 0;
  }

  /** Sends what may be sent now. */
  dispatch(): void {
    this.inProcess(() => {
      this.dispatcher.dispatch();
    });
  }
}
