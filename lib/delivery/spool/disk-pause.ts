import { warnOnce } from '../warn-once.js';
import { AccessBudget } from './disk-time-budget.js';

/** How long writing is paused after a failure or a stall. Milliseconds. */
const PAUSE = 10_000;
/** Longer than any write to the page cache takes: the disk is stalled. */
const STALL_THRESHOLD = 250;
/** While the disk counts as slow, a write that takes longer than this shows that it still is. */
const SLOW_WRITE = 1;

/** Why nothing is written. */
export type PauseReason = 'slow' | 'unusable';

/** Pauses writing after the disk has failed, or has taken too much of the application's time. */
export class DiskPause {
  private until = -Infinity;
  private lastReason: PauseReason | undefined;
  private readonly budget: AccessBudget;

  /**
   * @param now - the clock of the pauses
   * @param elapsed - the clock of the writes: must not jump
   */
  constructor(
    private readonly directory: string,
    private readonly now: () => number,
    elapsed: () => number,
  ) {
    this.budget = new AccessBudget(elapsed);
  }

  get isActive(): boolean {
    if (this.now() >= this.until && this.budget.isExhausted) this.slowed();
    return this.now() < this.until;
  }

  /** Why the last writes failed or took too long; undefined once one has succeeded in good time. */
  get reason(): PauseReason | undefined {
    return this.lastReason;
  }

  /** Ends the pause when the process ends: the last writes may take this long, in milliseconds. */
  end(allowance: number): void {
    this.until = -Infinity;
    this.lastReason = undefined;
    this.budget.grant(allowance);
  }

  failed(error: unknown): void {
    this.begin('unusable');
    const reason = error instanceof Error ? error.message : String(error);
    warnOnce(
      'SPOOL_UNUSABLE',
      `Cannot write to the spool in ${this.directory} (${reason}): events that Sentry does not accept at once wait in ` +
        'memory only. Set SENTRY_SPOOL_DIR to a folder that this user can write, or disable the spool with spool: false.',
    );
  }

  /** Counts an access that is not a new record: it takes from the budget of the writes that follow. */
  accessed(duration: number): void {
    this.budget.spend(duration);
  }

  /** @param duration - the duration of a write that succeeded, in milliseconds */
  written(duration: number): void {
    this.budget.spend(duration);
    if (duration > STALL_THRESHOLD) this.stalled();
    else if (this.budget.isExhausted || (this.lastReason === 'slow' && duration > SLOW_WRITE)) this.slowed();
    else this.lastReason = undefined;
  }

  private stalled(): void {
    this.begin('slow');
    this.warnOfSlowness(`A write to the spool in ${this.directory} took more than ${STALL_THRESHOLD} ms`);
  }

  private slowed(): void {
    this.begin('slow');
    this.warnOfSlowness(`The disk of the spool in ${this.directory} takes too much of the event loop's time`);
  }

  private warnOfSlowness(what: string): void {
    warnOnce(
      'SPOOL_SLOW',
      `${what}: events that Sentry does not accept at once wait in memory until it is faster. Set SENTRY_SPOOL_DIR to ` +
        'a local folder, or disable the spool with spool: false.',
    );
  }

  private begin(reason: PauseReason): void {
    this.until = this.now() + PAUSE;
    this.lastReason = reason;
  }
}
