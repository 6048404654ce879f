import { envelopeEndpoint } from '../options/dsn.js';

/** Where envelopes of a known DSN go; `url` is undefined for the project of the application. */
export interface Project {
  readonly url?: string;
}

/** The DSNs whose envelopes are forwarded. Only these decide to which host anything is sent. */
export class KnownDsns {
  private readonly others: ReadonlyMap<string, Project>;

  /** @param dsns - of front ends, besides that of the application */
  constructor(dsns: readonly string[] = []) {
    this.others = new Map(dsns.map((dsn) => [keyOf(dsn) ?? dsn, { url: envelopeEndpoint(dsn).href }]));
  }

  /**
   * @param dsn - of an envelope
   * @param own - of the application
   * @returns undefined if the DSN is not known
   */
  find(dsn: unknown, own: string | undefined): Project | undefined {
    const key = typeof dsn === 'string' && dsn.length <= MAX_LENGTH ? keyOf(dsn) : undefined;
    if (key === undefined) return undefined;
    if (own !== undefined && key === keyOf(own)) return {};
    return this.others.get(key);
  }
}

const MAX_LENGTH = 1_000;

/** What identifies a project and its key, whichever way the DSN is written; undefined if it is not a DSN. */
function keyOf(dsn: string): string | undefined {
  if (!URL.canParse(dsn)) return undefined;
  const { protocol, host, pathname, username, search, hash } = new URL(dsn);
  const isDsn = /^https?:$/.test(protocol) && username !== '' && search === '' && hash === '';
  return isDsn ? JSON.stringify([protocol, host, pathname, username]) : undefined;
}
