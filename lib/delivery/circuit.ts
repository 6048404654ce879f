import { backoffDelay } from './backoff-delay.js';

/** Consecutive failures that open the circuit. */
const FAILURE_THRESHOLD = 3;
/** Short enough that queued envelopes are sent soon after Sentry is available again. */
const MAX_DELAY = 15_000;

/**
 * Whether Sentry is reached: `closed`; not for now: `open`; being tried again: `half-open`.
 *
 * @example
 * ```ts
 * import { type CircuitState } from 'nestjs-error-tracker';
 *
 * const circuit: CircuitState = tracker.status().delivery.circuit;
 * ```
 */
export type CircuitState = 'closed' | 'half-open' | 'open';

/**
 * Circuit breaker. Closed: everything is sent. Open: nothing is sent until a delay is over. Half-open: one request
 * probes, and its response closes or opens the circuit.
 */
export class Circuit {
  private failures = 0;
  private lastFailure = -Infinity;
  private retryTime = 0;
  private isProbing = false;

  constructor(private readonly random: () => number) {}

  state(now: number): CircuitState {
    if (this.failures < FAILURE_THRESHOLD) return 'closed';
    return this.isProbing || now >= this.retryTime ? 'half-open' : 'open';
  }

  /** How many requests may be in flight. */
  capacity(now: number, limit: number): number {
    const state = this.state(now);
    return state === 'closed' ? limit : state === 'open' ? 0 : 1;
  }

  /** When an open circuit lets the next request through. */
  get retryAt(): number {
    return this.retryTime;
  }

  requestStarted(): void {
    this.isProbing = true;
  }

  /** Lets the next request through at once. */
  retryNow(now: number): void {
    this.retryTime = Math.min(this.retryTime, now);
  }

  succeeded(): void {
    this.failures = 0;
    this.isProbing = false;
  }

  /** @param startedAt - when the request began: requests that were in flight together fail together and count once */
  failed(startedAt: number, now: number): void {
    this.isProbing = false;
    if (startedAt <= this.lastFailure) return;
    this.lastFailure = now;
    this.failures++;
    if (this.failures >= FAILURE_THRESHOLD)
      this.retryTime = now + backoffDelay(this.failures - FAILURE_THRESHOLD + 1, MAX_DELAY, this.random);
  }
}
