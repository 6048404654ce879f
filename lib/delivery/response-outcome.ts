import type { LimitHeaders } from './rate-limits.js';

/** What came back for one envelope. */
export interface ReceiverResponse {
  status: number;
  headers: LimitHeaders;
}

/** Sends the bytes of one envelope; rejects, never throws, where there was no answer. */
export type Sender = (bytes: Buffer) => Promise<ReceiverResponse>;

/** What an answer means for what was sent: taken, to be sent again, or refused for good. */
export type ResponseOutcome = 'taken' | 'later' | 'refused';

/** 4xx that say nothing about what was sent: proxy authentication, timeout, wrong server, too early, too many. */
const PASSING = new Set([407, 408, 421, 425, 429]);

/** Redirects are not followed and count as passing: a portal or a proxy answered, not Sentry. */
export function outcomeOf(status: number): ResponseOutcome {
  if (status >= 200 && status < 300) return 'taken';
  return status >= 400 && status < 500 && !PASSING.has(status) ? 'refused' : 'later';
}

/** The code of a failed connection: `ECONNREFUSED`, `ETIMEDOUT`, `CERT_HAS_EXPIRED`. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : 'network_error';
}
