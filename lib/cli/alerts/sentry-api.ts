import { channelUrl } from '../../alerts/channels/channel-url.js';
import { ConfigurationError } from '../../options/configuration-error.js';

/** A rule as Sentry has it. */
export type SentryRule = Record<string, unknown>;

export interface SentryTarget {
  readonly org: string;
  readonly project: string;
}

const TIMEOUT = 15_000;
const MAX_PAGES = 50;
/** What may be in a header. */
const TOKEN = /^[\x21-\x7e]+$/;
const SLUG = /^[\w-]+$/;
const NEXT = /<([^>]+)>;[^,]*rel="next";[^,]*results="true"/;

/** The public API of Sentry, as far as it is about rules. The token leaves only in the header. */
export class SentryApi {
  private readonly base: URL;

  /** @throws ConfigurationError - if the address is not https */
  constructor(
    url: string,
    private readonly token: string,
  ) {
    this.base = channelUrl(url, '--url', 'https://sentry.io');
  }

  async get(path: string): Promise<unknown> {
    return (await this.request('GET', this.urlOf(path))).body;
  }

  /** All pages of a list. */
  async list(path: string): Promise<SentryRule[]> {
    const found: SentryRule[] = [];
    let next: URL | undefined = this.urlOf(path);
    for (let page = 0; next && page < MAX_PAGES; page++) {
      const { body, link } = await this.request('GET', next);
      if (Array.isArray(body)) found.push(...(body as SentryRule[]));
      const [, following] = NEXT.exec(link) ?? [];
      next = following === undefined ? undefined : this.samePlace(following);
    }
    return found;
  }

  async send(method: 'POST' | 'PUT', path: string, body: object): Promise<void> {
    await this.request(method, this.urlOf(path), body);
  }

  private urlOf(path: string): URL {
    return new URL(path, this.base);
  }

  /** The token is sent to no other host. */
  private samePlace(link: string): URL | undefined {
    const url = new URL(link, this.base);
    return url.origin === this.base.origin ? url : undefined;
  }

  private async request(method: string, url: URL, body?: object): Promise<{ body: unknown; link: string }> {
    const response = await this.fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
      headers: {
        authorization: `Bearer ${this.token}`,
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${url.pathname}: Sentry responded with ${response.status} ${this.withoutToken(text)}`);
    }
    return { body: this.parse(text, url), link: response.headers.get('link') ?? '' };
  }

  private async fetch(url: URL, options: RequestInit): Promise<Response> {
    try {
      return await fetch(url, options);
    } catch (error) {
      const { message, cause } = error as Error;
      const reason = (cause as Error | undefined)?.message ?? message;
      throw new Error(`${url.host} cannot be reached: ${this.withoutToken(reason)}`, { cause: error });
    }
  }

  private parse(text: string, url: URL): unknown {
    if (text === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(
        `${url.origin}${url.pathname} did not respond with JSON, but with ${JSON.stringify(this.withoutToken(text).slice(0, 80))}: ` +
          'check SENTRY_URL, and whether a login page or a proxy is in between',
      );
    }
  }

  private withoutToken(text: string): string {
    return text.slice(0, 500).replaceAll(this.token, '[token]');
  }
}

function slugOf(received: string, path: string): string {
  if (SLUG.test(received)) return received;
  throw new ConfigurationError({
    path,
    received,
    expected: 'a slug: letters, digits, - and _',
    fix: 'use the name in the address of Sentry, not the title',
  });
}

/** @throws ConfigurationError - if an option or a variable is missing, or has a wrong value */
export function targetOf(
  flags: { org?: string; project?: string; url?: string },
  variables: Readonly<Record<string, string | undefined>>,
): { api: SentryApi; target: SentryTarget } {
  const read = (value: string | undefined, option: string, variable: string) => {
    const found = value ?? variables[variable]?.trim();
    if (found) return found;
    const what = option === '' ? variable : `${option} or ${variable}`;
    throw new ConfigurationError({
      path: option || variable,
      received: undefined,
      expected: `a value in ${what}`,
      fix: `set ${variable}`,
    });
  };
  const url = flags.url ?? (variables.SENTRY_URL?.trim() || 'https://sentry.io');
  const token = read(undefined, '', 'SENTRY_AUTH_TOKEN');
  if (!TOKEN.test(token)) {
    throw new ConfigurationError({
      path: 'SENTRY_AUTH_TOKEN',
      received: 'a text with spaces, line breaks or other characters that no token has',
      expected: 'an auth token of Sentry',
      fix: 'copy it again, on one line',
    });
  }
  const org = slugOf(read(flags.org, '--org', 'SENTRY_ORG'), '--org or SENTRY_ORG');
  const project = slugOf(read(flags.project, '--project', 'SENTRY_PROJECT'), '--project or SENTRY_PROJECT');
  return { api: new SentryApi(url, token), target: { org, project } };
}
