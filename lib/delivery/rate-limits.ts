/** The headers of an answer that say when to come back. */
export interface LimitHeaders {
  'retry-after'?: string | null;
  'x-sentry-rate-limits'?: string | null;
}

const DEFAULT_WAIT = 60_000;
/** A header that asks for more is asked again after this. */
const LONGEST_WAIT = 24 * 3_600_000;
/** Names that Sentry gives a category besides the one that the SDK sends it under. */
const OTHER_NAMES: Readonly<Record<string, string | undefined>> = { trace_metric: 'metric', log_byte: 'log_item' };

/**
 * What Sentry does not take for a while, by category.
 *
 * @see https://develop.sentry.dev/sdk/expected-features/rate-limiting/
 */
export class RateLimits {
  private all = 0;
  private readonly categories = new Map<string, number>();

  /** Notes what an answer says; `x-sentry-rate-limits` wins over `retry-after`. Any answer may carry them. */
  note(status: number, headers: LimitHeaders, now: number): void {
    const limits = headers['x-sentry-rate-limits'];
    const retryAfter = headers['retry-after'];
    if (limits) this.noteLimits(limits, now);
    else if (retryAfter) this.all = Math.max(this.all, now + waitOf(retryAfter, now));
    else if (status === 429) this.all = Math.max(this.all, now + DEFAULT_WAIT);
  }

  /** When the category may be sent again; a time that has passed where it is not limited. */
  until(category: string): number {
    return Math.max(this.all, this.categories.get(category) ?? 0);
  }

  isLimited(category: string, now: number): boolean {
    return this.until(category) > now;
  }

  /** Whether anything at all is limited. */
  isAnyLimited(now: number): boolean {
    if (this.all > now) return true;
    for (const [category, until] of this.categories) {
      if (until > now) return true;
      this.categories.delete(category);
    }
    return false;
  }

  private noteLimits(header: string, now: number): void {
    for (const limit of header.split(',')) {
      const [seconds = '', categories = '', , , namespaces = ''] = limit.trim().split(':');
      const until = now + bounded(Number(seconds) * 1_000);
      if (categories === '') {
        this.all = Math.max(this.all, until);
        continue;
      }
      for (const name of categories.split(';')) {
        if (name === 'metric_bucket' && namespaces !== '' && !namespaces.split(';').includes('custom')) continue;
        const category = OTHER_NAMES[name] ?? name;
        this.categories.set(category, Math.max(this.categories.get(category) ?? 0, until));
      }
    }
  }
}

/** Seconds or an HTTP date; anything else means a minute. */
function waitOf(text: string, now: number): number {
  const seconds = Number(text);
  return bounded(Number.isNaN(seconds) ? Math.max(Date.parse(text) - now, 0) : seconds * 1_000);
}

function bounded(wait: number): number {
  return wait >= 0 ? Math.min(wait, LONGEST_WAIT) : DEFAULT_WAIT;
}
