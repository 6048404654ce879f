import { backoffDelay } from './backoff-delay.js';
import type { QueuedEnvelope } from './priority-queue.js';

/** Longer than the delay of the circuit, so that other envelopes are sent before one that keeps failing. */
const MAX_DELAY = 60_000;

/** Envelopes that failed, until they are due again. */
export class RetryBackoff {
  private readonly due = new Map<QueuedEnvelope, number>();

  constructor(private readonly random: () => number) {}

  get size(): number {
    return this.due.size;
  }

  get envelopes(): Iterable<QueuedEnvelope> {
    return this.due.keys();
  }

  add(envelope: QueuedEnvelope, now: number): void {
    this.due.set(envelope, now + backoffDelay(envelope.attempts, MAX_DELAY, this.random));
  }

  /** Removes and returns what is due at `time`. */
  takeDue(time: number): QueuedEnvelope[] {
    const ready: QueuedEnvelope[] = [];
    for (const [envelope, due] of this.due) if (due <= time) ready.push(envelope);
    for (const envelope of ready) this.due.delete(envelope);
    return ready;
  }

  /** When the first is due; `Infinity` if there is none. */
  get earliest(): number {
    let earliest = Infinity;
    for (const due of this.due.values()) earliest = Math.min(earliest, due);
    return earliest;
  }
}
