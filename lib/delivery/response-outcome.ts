import type { LimitHeaders } from './rate-limits.js';

/** The response to one envelope. */
export interface ReceiverResponse {
  status: number;
  headers: LimitHeaders;
}

/** Sends the bytes of one envelope. Rejects, and never throws, if there was no response. */
export interface Sender {
  (bytes: Buffer): Promise<ReceiverResponse>;
  /** Closes the connections, and ends the requests that use them; later requests open new ones. */
  disconnect?: () => void;
}

export type ResponseOutcome = 'accepted' | 'retry' | 'rejected';

/** 4xx that do not concern the envelope: proxy authentication, timeout, wrong server, too early, too many requests. */
const RETRYABLE = new Set([407, 408, 421, 425, 429]);

/** Redirects are not followed and count as retryable: a portal or a proxy responded, not Sentry. */
export function outcomeOf(status: number): ResponseOutcome {
  if (status >= 200 && status < 300) return 'accepted';
  return status >= 400 && status < 500 && !RETRYABLE.has(status) ? 'rejected' : 'retry';
}

/** The code of a failed connection, such as `ECONNREFUSED`, `ETIMEDOUT` or `CERT_HAS_EXPIRED`. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : 'network_error';
}
