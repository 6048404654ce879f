import type { IncomingHttpHeaders } from 'node:http';

/** Which pages may send. */
export class Origins {
  private readonly allowed: ReadonlySet<string> | '*' | undefined;

  /** @param origins - undefined for the origin of the application itself */
  constructor(origins: readonly string[] | '*' | undefined) {
    this.allowed =
      origins === undefined || origins === '*' ? origins : new Set(origins.map((each) => each.toLowerCase()));
  }

  /**
   * Whether a request comes from such a page, or from no page at all: mobile applications and command lines state no
   * origin, and a browser states one whenever it sends.
   */
  allows(headers: IncomingHttpHeaders): boolean {
    const { origin } = headers;
    const site = headers['sec-fetch-site'];
    if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none';
    if (this.allowed === '*') return true;
    if (this.allowed) return this.allowed.has(origin.toLowerCase());
    return site === 'same-origin' || this.isOwn(origin, headers);
  }

  /** What lets the page read the answer, above all the rate limits. */
  headersFor({ origin }: IncomingHttpHeaders): Record<string, string> {
    if (origin === undefined || this.allowed === undefined) return {};
    return {
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'x-sentry-rate-limits, retry-after',
      vary: 'origin',
      // A cookie tells `tunnel.user` who it is; '*' trusts no page with it.
      ...(this.allowed !== '*' && { 'access-control-allow-credentials': 'true' }),
    };
  }

  /** Proxies may change the scheme and the host; a page of another origin cannot set `x-forwarded-host`. */
  private isOwn(origin: string, headers: IncomingHttpHeaders): boolean {
    if (!URL.canParse(origin)) return false;
    const { host } = new URL(origin);
    const forwarded = headers['x-forwarded-host'];
    const [original] = (typeof forwarded === 'string' ? forwarded : '').split(',', 1);
    const stated = [headers.host, headers[':authority'] as string | undefined, original?.trim()];
    return host !== '' && stated.some((each) => each !== undefined && sameHost(each, host, origin));
  }
}

/** Origins leave the default port out; proxies may add it. */
function sameHost(stated: string, host: string, origin: string): boolean {
  const port = origin.startsWith('https:') ? ':443' : ':80';
  const bare = stated.toLowerCase();
  return bare === host || bare === host + port;
}
