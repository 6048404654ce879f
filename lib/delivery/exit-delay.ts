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

  constructor(
    private readonly inFlight: ReadonlySet<QueuedEnvelope>,
    private readonly now: () => number,
  ) {}

  /** A flush has waited in vain for what was queued before it began. */
  noteFailedFlush(begunAt: number, timeout: number): void {
    this.failedFlush = { begunAt, timeout };
  }

  begin(timeout: number): void {
    const { failedFlush } = this;
    if (failedFlush && failedFlush.timeout >= timeout)
      this.abandonedUntil = Math.max(this.abandonedUntil, failedFlush.begunAt);
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
