import type { Duration } from './duration.js';

/**
 * Storage for events until Sentry accepts them. The limits apply to each process.
 *
 * @example
 * ```ts
 * initSentry({ spool: { directory: '/var/spool/sentry', maxBytes: 20_000_000, maxAge: '1d' } });
 * ```
 */
export interface SpoolOptions {
  /**
   * A directory owned by this user, on a disk that outlives the process. Several processes and containers may share it.
   * `SENTRY_SPOOL_DIR`. Default: `nestjs-error-tracker` in the system's temporary directory.
   */
  directory?: string | undefined;
  /**
   * Maximum size of the stored files, in bytes; at least 65,536. When it is reached, sessions are dropped before traces
   * and traces before errors. Default: 52,428,800 (50 MB).
   */
  maxBytes?: number | undefined;
  /** Maximum age; older events are dropped. Default: `'3d'`. Sentry rejects events older than 30 days. */
  maxAge?: Duration | undefined;
  /** Maximum number of queued envelopes, on disk and in memory. Default: 10,000. */
  maxEvents?: number | undefined;
}
