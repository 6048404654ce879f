import { backoffDelay } from './backoff-delay.js';
import { rankOf, type Category } from './categories.js';
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

  /** Takes a match of the least valuable category, but none more valuable than `category`. */
  takeLeastValuable(matches: (envelope: QueuedEnvelope) => boolean, category: Category): QueuedEnvelope | undefined {
    let victim: QueuedEnvelope | undefined;
    for (const envelope of this.due.keys()) {
      if (rankOf(envelope.category) < rankOf(victim?.category ?? category) || !matches(envelope)) continue;
      if (!victim || rankOf(envelope.category) > rankOf(victim.category)) victim = envelope;
    }
    if (victim) this.due.delete(victim);
    return victim;
  }

  /** When the first is due; `Infinity` if there is none. */
  get earliest(): number {
    let earliest = Infinity;
    for (const due of this.due.values()) earliest = Math.min(earliest, due);
    return earliest;
  }
}
