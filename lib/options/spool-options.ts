import type { Duration } from './duration.js';

/** Where events wait that Sentry could not take, and how much of them. Each process keeps its own within these bounds. */
export interface SpoolOptions {
  /**
   * A folder of this user, on a disk that outlives the process; several processes and containers may share it.
   * `SENTRY_SPOOL_DIR`; default `nestjs-error-tracker` in the system's temp folder.
   */
  directory?: string | undefined;
  /** Bytes of its files. At least 65,536, default 52,428,800. When full, sessions go before traces and traces before errors. */
  maxBytes?: number | undefined;
  /** What has waited for longer is given up. Default `'3d'`; Sentry refuses events older than 30 days. */
  maxAge?: Duration | undefined;
  /** Envelopes that wait, on disk and in memory. Default 10,000. */
  maxEvents?: number | undefined;
}
