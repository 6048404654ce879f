import type { QueuedEnvelope } from './priority-queue.js';

interface Flush {
  readonly left: Set<QueuedEnvelope>;
  readonly deadline: number;
  isDelivered: boolean;
  readonly end: (isDelivered: boolean) => void;
}

/** Those who wait until everything that was handed over before has been taken. */
export class Flushes {
  /** What this process handed over and nothing has become of yet. */
  private readonly open = new Set<QueuedEnvelope>();
  private readonly flushes = new Set<Flush>();

  handed(parcel: QueuedEnvelope): void {
    this.open.add(parcel);
  }

  settled(parcel: QueuedEnvelope, isTaken: boolean): void {
    if (!this.open.delete(parcel)) return;
    for (const flush of this.flushes) {
      if (!flush.left.delete(parcel)) continue;
      flush.isDelivered &&= isTaken;
      if (flush.left.size === 0) this.end(flush, flush.isDelivered);
    }
  }

  begin(deadline: number, now: number): Promise<boolean> {
    if (this.open.size === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const flush: Flush = {
        left: new Set(this.open),
        deadline,
        isDelivered: true,
        end: (isDelivered) => {
          clearTimeout(timer);
          resolve(isDelivered);
        },
      };
      const timer = setTimeout(() => {
        this.end(flush, false);
      }, deadline - now).unref();
      this.flushes.add(flush);
    });
  }

  /** Lets those go whose time will be up before anything happens. */
  nothingBefore(time: number): void {
    for (const flush of this.flushes) if (flush.deadline < time) this.end(flush, false);
  }

  private end(flush: Flush, isDelivered: boolean): void {
    this.flushes.delete(flush);
    flush.end(isDelivered);
  }
}
