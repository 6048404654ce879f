import { clearTimeout, setTimeout } from 'node:timers';
import type { QueuedEnvelope } from './priority-queue.js';

/**
 * Keeps a process whose work is done alive until everything that can be sent now has been tried once. The rest stays on
 * disk: a process that ends does not retry.
 */
export class ExitWait {
  private end: (() => void) | undefined;
  /** Waiting for envelopes queued before this time has timed out. */
  private abandonedUntil = -Infinity;
  private failedFlush: { begunAt: number; timeout: number } | undefined;
  private answeredAt = -Infinity;

  constructor(
    private readonly inFlight: ReadonlySet<QueuedEnvelope>,
    private readonly now: () => number,
  ) {}

  /** A flush has waited in vain for what was queued before it began. */
  noteFailedFlush(begunAt: number, timeout: number): void {
    this.failedFlush = { begunAt, timeout };
  }

  noteAnswer(): void {
    this.answeredAt = this.now();
  }

  begin(timeout: number): void {
    this.abandonedUntil = Math.max(this.abandonedUntil, this.awaitedUntil(timeout));
    if (this.end || !this.isTryingSomethingNew()) return;
    const timer = setTimeout(() => {
      this.abandonedUntil = this.now();
      this.end = undefined;
    }, timeout);
    this.end = () => {
      clearTimeout(timer);
      this.end = undefined;
    };
  }

  /** A flush has already waited this long for what was queued until then. */
  private awaitedUntil(timeout: number): number {
    if (!this.failedFlush || this.failedFlush.timeout < timeout) return -Infinity;
    const { begunAt, timeout: waited } = this.failedFlush;
    const now = this.now();
    // The receiver does not respond: what the SDK sends as the process ends, a session, would wait as long again.
    const isSilent = this.answeredAt < begunAt && now - begunAt - waited < timeout;
    return isSilent ? now : begunAt;
  }

  stop(): void {
    this.end?.();
  }

  /** To be called when requests have begun or ended. */
  update(): void {
    if (this.end && !this.isTryingSomethingNew()) this.end();
  }

  private isTryingSomethingNew(): boolean {
    for (const { attempts, queuedAt } of this.inFlight) {
      if (attempts === 1 && queuedAt > this.abandonedUntil) return true;
    }
    return false;
  }
}
