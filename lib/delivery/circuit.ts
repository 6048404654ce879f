/** Rounds of failures in a row before nothing is tried any more. */
const TOLERATED = 3;
const FIRST_PAUSE = 1_000;
/** Short enough that what waits leaves soon after Sentry is back; long enough for one small request in between. */
const LONGEST_PAUSE = 15_000;

export type CircuitState = 'closed' | 'half-open' | 'open';

/** How long to wait after so many failures: doubles; half of it is left to chance, so that processes do not come at once. */
export function pauseAfter(failures: number, random: () => number, longest = LONGEST_PAUSE): number {
  const full = Math.min(FIRST_PAUSE * 2 ** Math.min(failures - 1, 10), longest);
  return full / 2 + (full / 2) * random();
}

/**
 * Stops trying while Sentry cannot be reached. Closed: everything is sent. Open: nothing is, until a pause is over.
 * Half-open: one request tries, and its answer closes or opens the circuit.
 */
export class Circuit {
  private failures = 0;
  private lastFailure = -Infinity;
  private opensAgain = 0;
  private isTrying = false;

  constructor(private readonly random: () => number) {}

  state(now: number): CircuitState {
    if (this.failures < TOLERATED) return 'closed';
    return this.isTrying || now >= this.opensAgain ? 'half-open' : 'open';
  }

  /** How many requests may be under way. */
  room(now: number, usual: number): number {
    const state = this.state(now);
    return state === 'closed' ? usual : state === 'open' ? 0 : 1;
  }

  /** When an open circuit lets the next request through. */
  get retryAt(): number {
    return this.opensAgain;
  }

  tries(): void {
    this.isTrying = true;
  }

  /** Lets the next request through at once. */
  hasten(now: number): void {
    this.opensAgain = Math.min(this.opensAgain, now);
  }

  succeeded(): void {
    this.failures = 0;
    this.isTrying = false;
  }

  /** @param startedAt - when the request began: those that were under way together fail together, and count once */
  failed(startedAt: number, now: number): void {
    this.isTrying = false;
    if (startedAt <= this.lastFailure) return;
    this.lastFailure = now;
    this.failures++;
    if (this.failures >= TOLERATED) this.opensAgain = now + pauseAfter(this.failures - TOLERATED + 1, this.random);
  }
}
