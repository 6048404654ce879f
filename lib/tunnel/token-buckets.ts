import { BoundedMap } from '../scrubbing/cache/bounded-map.js';

const MINUTE = 60_000;
/** Clients whose envelopes are counted; of more, the older half is forgotten. */
const MAX_CLIENTS = 20_000;

/** A rate per minute that lets a minute's worth through at once. */
export class TokenBucket {
  private tokens: number;

  constructor(
    private readonly perMinute: number,
    private updatedAt: number,
  ) {
    this.tokens = perMinute;
  }

  /** @returns 0 if a token was taken, or else the milliseconds until there is one */
  take(now: number): number {
    const elapsed = Math.max(0, now - this.updatedAt); // the clock may have been set back
    this.tokens = Math.min(this.perMinute, this.tokens + (elapsed * this.perMinute) / MINUTE);
    this.updatedAt = now;
    if (this.tokens < 1) return ((1 - this.tokens) * MINUTE) / this.perMinute;
    this.tokens--;
    return 0;
  }
}

/** The rates of the clients, by their address, and of all together. */
export class TunnelRates {
  private readonly clients = new BoundedMap<string, TokenBucket>(MAX_CLIENTS);
  private readonly total: TokenBucket;

  constructor(
    private readonly perClient: number,
    total: number,
    now: number,
  ) {
    this.total = new TokenBucket(total, now);
  }

  /** @returns undefined if the envelope is within both rates, or else which one it exceeds, and for how long */
  exceeded(address: string, now: number): { rate: 'client_rate' | 'total_rate'; delay: number } | undefined {
    const key = networkOf(address);
    let client = this.clients.get(key);
    if (!client) this.clients.set(key, (client = new TokenBucket(this.perClient, now)));
    const clientDelay = client.take(now);
    if (clientDelay > 0) return { rate: 'client_rate', delay: clientDelay };
    const delay = this.total.take(now);
    return delay > 0 ? { rate: 'total_rate', delay } : undefined;
  }
}

/** A client of IPv6 has a whole network of addresses: its first 64 bits count. */
function networkOf(address: string): string {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!bare.includes(':')) return bare;
  const [head = '', tail] = bare.split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':');
    while (groups.length + after.length < 8) groups.push('0');
    groups.push(...after);
  }
  return groups.slice(0, 4).join(':').toLowerCase();
}
