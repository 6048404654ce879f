import { pauseAfter } from './circuit.js';
import type { QueuedEnvelope } from './priority-queue.js';

/** The longest pause of an envelope that fails again and again: longer than that of the circuit, so that others go first. */
const LONGEST_REST = 60_000;

/** What failed, and when it is tried again. */
export class RetryBackoff {
  private readonly due = new Map<QueuedEnvelope, number>();

  constructor(private readonly random: () => number) {}

  get size(): number {
    return this.due.size;
  }

  get parcels(): Iterable<QueuedEnvelope> {
    return this.due.keys();
  }

  add(parcel: QueuedEnvelope, now: number): void {
    this.due.set(parcel, now + pauseAfter(parcel.attempts, this.random, LONGEST_REST));
  }

  /** Takes out what is to be tried again by then. */
  takeDue(time: number): QueuedEnvelope[] {
    const rested: QueuedEnvelope[] = [];
    for (const [parcel, due] of this.due) if (due <= time) rested.push(parcel);
    for (const parcel of rested) this.due.delete(parcel);
    return rested;
  }

  /** When the first is to be tried again. */
  get earliest(): number {
    let earliest = Infinity;
    for (const due of this.due.values()) earliest = Math.min(earliest, due);
    return earliest;
  }
}
