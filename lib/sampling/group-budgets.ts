import { type SuppressedEvents } from './suppressed-events.js';
import { type ThrottleLimits } from './throttle-limits.js';

/** The budget of one group, and its events suppressed since the last summary. */
export interface Bucket {
  tokens: number;
  refilledAt: number;
  suppressed: SuppressedEvents | undefined;
}

const MINUTE = 60_000;
const ROUNDING = 1e-9; // six sixths of a token make one

/** A token bucket per group: at most `burst` tokens, refilled by `perMinute`. Bounded; evicts the least recently used. */
export class GroupBudgets {
  private readonly buckets = new Map<string, Bucket>();
  private readonly perMillisecond: number;
  private recentKey: string | undefined;
  private recent: Bucket | undefined;

  constructor(
    private readonly limits: ThrottleLimits,
    private readonly onEvict: (key: string, bucket: Bucket) => void,
  ) {
    this.perMillisecond = limits.perMinute / MINUTE;
  }

  /** Returns the group's bucket, refilled up to `now`, and marks the group as the most recently used. */
  refilled(key: string, now: number): Bucket {
    const bucket = this.touch(key, now);
    const passed = now - bucket.refilledAt;
    if (passed > 0) bucket.tokens = Math.min(this.limits.burst, bucket.tokens + passed * this.perMillisecond);
    bucket.refilledAt = now; // also after the clock was set back: refilling continues from there
    return bucket;
  }

  has(bucket: Bucket): boolean {
    return bucket.tokens + ROUNDING >= 1;
  }

  spend(bucket: Bucket): void {
    bucket.tokens = Math.max(0, bucket.tokens - 1);
  }

  entries(): IterableIterator<[string, Bucket]> {
    return this.buckets.entries();
  }

  private touch(key: string, now: number): Bucket {
    // During an error storm the same group repeats: nothing has to move.
    if (key === this.recentKey && this.recent) return this.recent;
    let bucket = this.buckets.get(key);
    if (bucket) this.buckets.delete(key);
    else {
      bucket = { tokens: this.limits.burst, refilledAt: now, suppressed: undefined };
      if (this.buckets.size >= this.limits.maxGroups) this.evict();
    }
    this.buckets.set(key, bucket);
    this.recentKey = key;
    this.recent = bucket;
    return bucket;
  }

  private evict(): void {
    for (const [key, bucket] of this.buckets) {
      this.buckets.delete(key);
      this.onEvict(key, bucket);
      return;
    }
  }
}
