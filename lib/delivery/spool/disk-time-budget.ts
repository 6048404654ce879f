/** Share of the time that the application may spend waiting for the disk. */
const SHARE = 0.05;
/** Time that it may spend at once, in milliseconds. */
const ALLOWANCE = 500;
/** What an access to the page cache takes at most, in milliseconds: such accesses are free, however many there are. */
const FREE = 0.1;

const WEIGHT_OF_LATEST = 0.2;
/** The share of slow accesses from which on the disk is slow. */
const TYPICAL = 0.5;
/** A slow access among fast ones has more likely waited for a processor than for the disk. */
const WEIGHT_OF_EXCEPTION = 0.2;

/**
 * A rolling budget for synchronous access to the disk, as a token bucket: every access blocks the event loop, so a disk
 * that takes 5 ms for each must not do so for each event.
 */
export class AccessBudget {
  private most = ALLOWANCE;
  private left = ALLOWANCE;
  private refilledAt: number;
  /** The share of recent accesses that were slow. */
  private slowShare = 0;

  /** @param elapsed - a clock that does not jump, in milliseconds */
  constructor(private readonly elapsed: () => number) {
    this.refilledAt = elapsed();
  }

  get isExhausted(): boolean {
    const now = this.elapsed();
    this.left = Math.min(this.most, this.left + (now - this.refilledAt) * SHARE);
    this.refilledAt = now;
    return this.left <= 0;
  }

  spend(duration: number): void {
    this.slowShare += (Number(duration > FREE) - this.slowShare) * WEIGHT_OF_LATEST;
    const weight = this.slowShare < TYPICAL ? WEIGHT_OF_EXCEPTION : 1;
    this.left = Math.max(this.left - Math.max(duration - FREE, 0) * weight, -ALLOWANCE);
    if (this.left < ALLOWANCE) this.most = ALLOWANCE;
  }

  /** Replaces what is left, once. */
  grant(allowance: number): void {
    this.most = this.left = allowance;
    this.refilledAt = this.elapsed();
  }
}
