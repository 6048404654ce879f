import { warnOnce } from '../warn-once.js';

/** How long writing is paused after a failure or a stall. */
const PAUSE = 10_000;
/** Longer than any write to the page cache takes: the disk is stalled. */
const STALL_THRESHOLD = 250;

/** Pauses writing after the disk has failed, or has blocked the application. */
export class DiskPause {
  private until = 0;

  constructor(
    private readonly directory: string,
    private readonly now: () => number,
  ) {}

  get isActive(): boolean {
    return this.now() < this.until;
  }

  end(): void {
    this.until = 0;
  }

  failed(error: unknown): void {
    this.begin();
    const reason = error instanceof Error ? error.message : String(error);
    warnOnce(
      'SPOOL_UNUSABLE',
      `Cannot write to the spool in ${this.directory} (${reason}): events that Sentry does not accept at once wait in ` +
        'memory only. Set SENTRY_SPOOL_DIR to a folder that this user can write, or disable the spool with spool: false.',
    );
  }

  /** @param duration - the duration of a write, in milliseconds */
  written(duration: number): void {
    if (duration <= STALL_THRESHOLD) return;
    this.begin();
    warnOnce(
      'SPOOL_SLOW',
      `A write to the spool in ${this.directory} took more than ${STALL_THRESHOLD} ms: events that Sentry does not ` +
        'accept at once wait in memory for a while. Set SENTRY_SPOOL_DIR to a local folder, or disable the spool with ' +
        'spool: false.',
    );
  }

  private begin(): void {
    this.until = this.now() + PAUSE;
  }
}
