import { clearTimeout, setTimeout } from 'node:timers';
import type { QueuedEnvelope } from './priority-queue.js';

interface Flush {
  readonly pending: Set<QueuedEnvelope>;
  readonly deadline: number;
  isDelivered: boolean;
  readonly resolve: (isDelivered: boolean) => void;
}

/** The calls of `flush` that wait until everything queued before them is settled. */
export class Flushes {
  /** Envelopes that this process has queued and that are not settled yet. */
  private readonly unsettled = new Set<QueuedEnvelope>();
  private readonly flushes = new Set<Flush>();
  private hasLost = false;
  /** Whether a flush has reported the losses and nothing was queued since: the next flush repeats its result. */
  private isAnswered = false;

  track(envelope: QueuedEnvelope): void {
    this.startPeriod();
    this.unsettled.add(envelope);
  }

  /** Records a loss that has no envelope of its own. */
  lose(): void {
    this.startPeriod();
    this.hasLost = true;
  }

  settled(envelope: QueuedEnvelope, isAccepted: boolean): void {
    if (!this.unsettled.delete(envelope)) return;
    this.hasLost ||= !isAccepted;
    for (const flush of this.flushes) {
      if (!flush.pending.delete(envelope)) continue;
      flush.isDelivered &&= isAccepted;
      if (flush.pending.size === 0) this.end(flush, flush.isDelivered);
    }
  }

  begin(deadline: number, now: number): Promise<boolean> {
    this.isAnswered = true;
    if (this.unsettled.size === 0) return Promise.resolve(!this.hasLost);
    return new Promise((resolve) => {
      const flush: Flush = {
        pending: new Set(this.unsettled),
        deadline,
        isDelivered: !this.hasLost,
        resolve: (isDelivered) => {
          clearTimeout(timer);
          resolve(isDelivered);
        },
      };
      // Keeps the process alive: a caller awaits the result, and requests do not keep it alive.
      const timer = setTimeout(() => {
        this.end(flush, false);
      }, deadline - now);
      this.flushes.add(flush);
    });
  }

  /** Ends the flushes whose deadline comes before `time`, when nothing can be sent until then. */
  giveUpBefore(time: number): void {
    for (const flush of this.flushes) if (flush.deadline < time) this.end(flush, false);
  }

  private startPeriod(): void {
    if (!this.isAnswered) return;
    this.isAnswered = false;
    this.hasLost = false;
  }

  private end(flush: Flush, isDelivered: boolean): void {
    this.flushes.delete(flush);
    flush.resolve(isDelivered);
  }
}
