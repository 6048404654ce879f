import { type SuppressedEvents } from './suppressed-events.js';
import { type ThrottleLimits } from './throttle-limits.js';

/** The budget of one group, and what was left out of it since the last summary. */
export interface Bucket {
  tokens: number;
  refilledAt: number;
  leftOut: SuppressedEvents | undefined;
}

const MINUTE = 60_000;
const ROUNDING = 1e-9; // six sixths of a token are one

/** A token bucket for each group: `burst` at most, `perMinute` more each minute; bounded, least recently used first. */
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

  /** The group's bucket as it is at `now`; the group becomes the most recently used one. */
  refilled(key: string, now: number): Bucket {
    const bucket = this.use(key, now);
    const passed = now - bucket.refilledAt;
    if (passed > 0) bucket.tokens = Math.min(this.limits.burst, bucket.tokens + passed * this.perMillisecond);
    bucket.refilledAt = now; // also when the clock was set back: refilling goes on from there
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

  private use(key: string, now: number): Bucket {
    // In a storm it is the same group again and again: nothing has to move.
    if (key === this.recentKey && this.recent) return this.recent;
    let bucket = this.buckets.get(key);
    if (bucket) this.buckets.delete(key);
    else {
      bucket = { tokens: this.limits.burst, refilledAt: now, leftOut: undefined };
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
