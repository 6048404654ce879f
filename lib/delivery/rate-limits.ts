import { isCategory } from './categories.js';

/** The response headers that set rate limits. */
export interface LimitHeaders {
  'retry-after'?: string | null;
  'x-sentry-rate-limits'?: string | null;
}

const DEFAULT_DELAY = 60_000;
/** Longer delays are cut to this. */
const MAX_DELAY = 24 * 3_600_000;
/** Sentry has some twenty; any receiver may invent more. */
const MOST_CATEGORIES = 100;
/** Names in rate limits that differ from the category of the SDK. */
const ALIASES: Readonly<Record<string, string | undefined>> = { trace_metric: 'metric', log_byte: 'log_item' };

/**
 * Sentry's rate limits, by category.
 *
 * @see https://develop.sentry.dev/sdk/expected-features/rate-limiting/
 */
export class RateLimits {
  private all = 0;
  private readonly categories = new Map<string, number>();

  /** Applies the headers of a response, whatever its status; `x-sentry-rate-limits` wins over `retry-after`. */
  update(status: number, headers: LimitHeaders, now: number): void {
    const limits = headers['x-sentry-rate-limits'];
    const retryAfter = headers['retry-after'];
    if (limits) this.updateCategories(limits, now);
    else if (retryAfter) this.all = Math.max(this.all, now + retryAfterDelay(retryAfter, now));
    else if (status === 429) this.all = Math.max(this.all, now + DEFAULT_DELAY);
  }

  /** When the category may be sent again; in the past if it is not limited. */
  until(category: string): number {
    return Math.max(this.all, this.categories.get(category) ?? 0);
  }

  isLimited(category: string, now: number): boolean {
    return this.until(category) > now;
  }

  /** Whether any category is limited. */
  isAnyLimited(now: number): boolean {
    if (this.all > now) return true;
    for (const [category, until] of this.categories) {
      if (until > now) return true;
      this.categories.delete(category);
    }
    return false;
  }

  /** The limits in force, as a response of Sentry states them in `x-sentry-rate-limits`; undefined if there are none. */
  header(now: number): string | undefined {
    const left = (until: number) => Math.ceil((until - now) / 1_000);
    const limits = this.all > now ? [`${left(this.all)}::organization`] : [];
    for (const [category, until] of this.categories) {
      if (until > now) limits.push(`${left(until)}:${category}:organization`);
    }
    return limits.length > 0 ? limits.join(', ') : undefined;
  }

  private updateCategories(header: string, now: number): void {
    for (const limit of header.split(',')) {
      const [seconds = '', categories = '', , , namespaces = ''] = limit.trim().split(':');
      const until = now + bounded(Number(seconds) * 1_000);
      if (categories === '') {
        this.all = Math.max(this.all, until);
        continue;
      }
      for (const name of categories.split(';')) {
        if (name === 'metric_bucket' && namespaces !== '' && !namespaces.split(';').includes('custom')) continue;
        const category = ALIASES[name] ?? name;
        if (this.categories.size >= MOST_CATEGORIES && !isCategory(category)) continue; // nothing is sent in it
        this.categories.set(category, Math.max(this.categories.get(category) ?? 0, until));
      }
    }
  }
}

/**
 * The milliseconds of a header `Retry-After`: seconds or an HTTP date; anything else means a minute. At most a day.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterDelay(header: string, now: number): number {
  const seconds = Number(header);
  return bounded(Number.isNaN(seconds) ? Math.max(Date.parse(header) - now, 0) : seconds * 1_000);
}

function bounded(delay: number): number {
  return delay >= 0 ? Math.min(delay, MAX_DELAY) : DEFAULT_DELAY;
}
